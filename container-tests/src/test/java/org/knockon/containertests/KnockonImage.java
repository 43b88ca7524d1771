package org.knockon.containertests;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The image of docker/Dockerfile, built from this clone under a name of its own. */
final class KnockonImage implements AutoCloseable {

    private static final Path CLONE = Path.of("..").toAbsolutePath().normalize();

    /** The rights and mounts that docker/compose.yaml gives to every container. */
    private static final List<String> HARDENED = List.of(
            "--read-only",
            "--tmpfs=/tmp:exec,size=128m,mode=1777",
            "--cap-drop=ALL",
            "--security-opt=no-new-privileges:true",
            "--pids-limit=1024");

    private final String tag;

    private KnockonImage(String tag) {
        this.tag = tag;
    }

    static KnockonImage build() {
        String tag = "knockon-image-test:" + ProcessHandle.current().pid();
        Command.docker("build", "-f", "docker/Dockerfile", "-t", tag, ".")
                .in(CLONE)
                .succeed();
        return new KnockonImage(tag);
    }

    /** Returns what {@code docker inspect} prints of the image with this template. */
    String inspect(String template) {
        return Command.docker("image", "inspect", "--format", template, tag).succeed();
    }

    /** Runs a container to its end, without a network, and returns its output. */
    String run(List<String> options, String... arguments) {
        return container(Stream.concat(Stream.of("--rm", "--network=none"), options.stream()), arguments);
    }

    /** Runs a container of these servers to its end. */
    String job(Servers servers, String... arguments) {
        return container(Stream.concat(Stream.of("--rm"), to(servers)), arguments);
    }

    /** Starts a container of these servers in the background, and returns its id. */
    String start(Servers servers, String... arguments) {
        return container(Stream.concat(Stream.of("--detach"), to(servers)), arguments);
    }

    private static Stream<String> to(Servers servers) {
        return Stream.of(
                "--network=" + servers.network(),
                "--env=KAFKA_BOOTSTRAP_SERVERS=" + Servers.BROKER,
                "--env=KAFKA_SCHEMA_REGISTRY_URL=" + Servers.REGISTRY);
    }

    private String container(Stream<String> options, String... arguments) {
        return Command.docker(
                        Stream.of(Stream.of("run"), HARDENED.stream(), options, Stream.of(tag), Stream.of(arguments))
                                .flatMap(part -> part)
                                .toArray(String[]::new))
                .succeed();
    }

    @Override
    public void close() {
        Command.docker("image", "rm", "--force", tag).run();
    }
}
