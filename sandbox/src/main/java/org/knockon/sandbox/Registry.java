package org.knockon.sandbox;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Apicurio Registry, as a child process. */
final class Registry {
    static final String NAME = "registry";

    private static final int PROBE_TIMEOUT_MILLIS = 2_000;

    /** Chosen by measurement: docs/decisions/0004-sandbox-child-processes.md. */
    private static final List<String> JVM = List.of(
            "-Xmx192m",
            "-XX:MetaspaceSize=128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-Dquarkus.http.access-log.enabled=false",
            "-Dquarkus.log.console.format=%d{yyyy-MM-dd HH:mm:ss} %p [%c] %m%n%e",
            // Relative to the folder of the process. By default a commit may reach the disk half a second after the
            // response, and a killed registry could then assign an id twice.
            "-Dapicurio.datasource.url=jdbc:h2:file:./schemas;WRITE_DELAY=0",
            "-Dapicurio.datasource.jdbc.initial-size=1",
            "-Dapicurio.datasource.jdbc.min-size=1",
            "-Dapicurio.datasource.jdbc.max-size=8",
            "-Dapicurio.datasource.blue.jdbc.initial-size=0",
            "-Dapicurio.datasource.blue.jdbc.min-size=0",
            "-Dapicurio.datasource.green.jdbc.initial-size=0",
            "-Dapicurio.datasource.green.jdbc.min-size=0");

    private Registry() {}

    /** The URL for clients of Confluent's API. */
    static String url(int port) {
        return "http://" + Ports.HOST + ":" + port + "/apis/ccompat/v7";
    }

    /**
     * Starts the registry from the unpacked {@code program} in this folder and returns once it responds on {@code
     * port}.
     */
    static ChildProcess start(Path program, Path folder, boolean temporary, int port, SandboxOptions options)
            throws InterruptedException {
        List<String> jvm = new ArrayList<>(JVM);
        jvm.add("-Dquarkus.http.host=" + Ports.HOST);
        jvm.add("-Dquarkus.http.port=" + port);
        List<String> classPath = List.of(
                program.resolve(RegistryArchive.RUNNER).toString(),
                program.resolve("lib").resolve("*").toString(),
                ClassPath.ofThisModule().toString());
        List<String> main = List.of(RegistryProcess.class.getName());
        ChildProcess registry =
                ChildProcess.start(new ChildProcess.Command(NAME, folder, temporary, jvm, classPath, main), options);
        try {
            URI subjects = URI.create(url(port) + "/subjects");
            registry.awaitReady(() -> responds(subjects), options.startTimeout());
            return registry;
        } catch (InterruptedException | RuntimeException e) {
            registry.close();
            throw e;
        }
    }

    private static boolean responds(URI uri) {
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(PROBE_TIMEOUT_MILLIS);
            connection.setReadTimeout(PROBE_TIMEOUT_MILLIS);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            return false;
        }
    }
}
