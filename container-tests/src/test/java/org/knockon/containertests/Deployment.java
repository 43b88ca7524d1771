package org.knockon.containertests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The services of docker/compose.yaml, from the unpacked release archive as an operator has it. Project, image and ports
 * are its own, so that it touches no other deployment on this machine.
 */
final class Deployment implements AutoCloseable {

    private static final List<String> PORTS =
            List.of("BROKER_PORT", "REGISTRY_PORT", "WALL_PORT", "DEMO_WALL_PORT", "PROMETHEUS_PORT");

    private static final int MAX_STARTS = 3;

    private final Path folder;
    private final Map<String, String> variables = new TreeMap<>();

    private Deployment(Path folder) {
        this.folder = folder;
        String name = "knockon-compose-test-" + ProcessHandle.current().pid();
        variables.put("COMPOSE_PROJECT_NAME", name);
        variables.put("KNOCKON_IMAGE", name + ":test");
        variables.put("DEMO_SPEED", "max");
        putFreePorts();
    }

    /**
     * Unpacks the archive of this build. Nothing is started yet.
     *
     * @param scratch an empty folder
     */
    static Deployment unpack(Path scratch) {
        Path target = Path.of("..", "distribution", "target").toAbsolutePath().normalize();
        try (Stream<Path> files = Files.list(target)) {
            List<Path> archives =
                    files.filter(file -> file.toString().endsWith(".tar.gz")).toList();
            assertThat(archives).as("archives in %s", target).hasSize(1);
            new Command(
                            scratch,
                            Map.of(),
                            List.of("tar", "-xzf", archives.get(0).toString(), "--strip-components=1"))
                    .succeed();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Deployment(scratch.resolve("docker"));
    }

    /** Runs {@code docker compose} as docker/README.md prints it, and returns its output. */
    String compose(String... arguments) {
        Command.Output output = command(arguments).run();
        if (output.exitCode() != 0) {
            throw new AssertionError(String.join("\n", String.join(" ", arguments), output.err(), logs("20")));
        }
        return output.out().stripTrailing();
    }

    /**
     * Starts services and waits until they are healthy. Compose gives up when one ends and is started again, as the
     * registry does on a busy machine: it waits five seconds for its database. So this asks again.
     */
    void up(String... arguments) {
        for (int attempt = 1; attempt < MAX_STARTS; attempt++) {
            Command.Output output = command(arguments).run();
            if (output.exitCode() == 0) {
                return;
            }
            System.out.println("docker compose gave up, and is asked again: "
                    + output.err().lines().reduce((earlier, later) -> later).orElse(""));
        }
        compose(arguments);
    }

    int port(String variable) {
        return Integer.parseInt(variables.get(variable));
    }

    /** Returns what the containers of a service have printed. */
    String log(String service) {
        return compose("--profile", "demo", "logs", "--no-log-prefix", "--no-color", service);
    }

    /** Returns the exit code of a service that has ended. */
    String exitCode(String service) {
        String id = compose("--profile", "demo", "ps", "--all", "--quiet", service);
        return Command.docker("inspect", "--format", "{{.State.Status}} {{.State.ExitCode}}", id)
                .succeed();
    }

    /** Writes state and logs of all services to a file, to find the cause of a failure. */
    void writeLogs(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, logs("all"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String logs(String lines) {
        Command.Output state = command("--profile", "demo", "ps", "--all").run();
        Command.Output logs = command("--profile", "demo", "logs", "--no-color", "--timestamps", "--tail", lines)
                .run();
        return String.join("\n", state.out(), state.err(), logs.out(), logs.err());
    }

    /** Removes everything that was started, volumes and image included. */
    @Override
    public void close() {
        compose("--profile", "demo", "down", "--volumes", "--remove-orphans");
        Command.docker("image", "rm", "--force", variables.get("KNOCKON_IMAGE")).run();
    }

    private Command command(String... arguments) {
        return new Command(
                folder,
                variables,
                Stream.concat(Stream.of("docker", "compose"), Stream.of(arguments))
                        .toList());
    }

    /** All are open at the same time, so that no two are equal. */
    private void putFreePorts() {
        List<ServerSocket> open = new ArrayList<>();
        try {
            for (String port : PORTS) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                open.add(socket);
                variables.put(port, Integer.toString(socket.getLocalPort()));
            }
            for (ServerSocket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
