package org.knockon.systemtests.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knockon.cli.Knockon;
import org.knockon.sandbox.Sandbox;
import org.knockon.sandbox.SandboxOptions;
import org.knockon.systemtests.ChildCommand;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;

/** After a power cut all programs start at once: long-running commands wait for their broker and report it. */
@ExtendWith(SharedSandbox.class)
@Timeout(180)
class StartupWaitIT {

    /** Longer than the eight seconds after which both commands gave up in an earlier version. */
    private static final Duration LONG_WAIT = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    @Test
    void streamAndWarRoomWaitForABrokerThatStartsLater() throws Exception {
        int port = freePort();
        int registryPort = freePort();
        SandboxOptions options =
                SandboxOptions.defaults().withPorts(port, registryPort).withFolder(folder.resolve("sandbox"));
        String[] servers;
        try (Sandbox before = Sandbox.start(options)) {
            servers = new String[] {
                "--bootstrap-server", before.bootstrapServers(), "--schema-registry-url", before.schemaRegistryUrl()
            };
            assertThat(run("topics", "create", servers)).isZero();
        }
        Path state = folder.resolve("state");
        try (ChildCommand stream = start("stream", servers, "--set", "http.port=0", "--set", "state.dir=" + state);
                ChildCommand warRoom = start("war-room", servers, "--port", "0")) {
            stream.awaitErr("knockon: waiting for the broker at 127.0.0.1:" + port + ": ");
            warRoom.awaitErr("knockon: waiting for the broker at 127.0.0.1:" + port + ": ");
            Thread.sleep(LONG_WAIT.toMillis());
            assertThat(stream.isAlive()).isTrue();
            assertThat(warRoom.isAlive()).isTrue();

            try (Sandbox later = Sandbox.start(options)) {
                assertThat(later.bootstrapServers()).isEqualTo(servers[1]);
                stream.awaitLine(line -> line.startsWith("no committed positions of knockon.streams"));
                stream.awaitLine(line -> line.startsWith("health and metrics: http://127.0.0.1:"));
                warRoom.awaitLine(line -> line.startsWith("war room of knockon.* on http"));
                assertThat(stream.err()).containsPattern("the broker at 127.0.0.1:" + port + " answers after \\d+ s");
                stream.interrupt();
                assertThat(stream.awaitExit(60)).isEqualTo(130);
            }
        }
    }

    @Test
    void ctrlCStopsTheWait() throws Exception {
        String[] unreachable = {"--bootstrap-server", "127.0.0.1:" + freePort()};
        try (ChildCommand stream = start("stream", unreachable);
                ChildCommand warRoom = start("war-room", unreachable, "--port", "0")) {
            for (ChildCommand command : new ChildCommand[] {stream, warRoom}) {
                command.awaitErr("waiting for the broker");
                command.interrupt();
                assertThat(command.awaitExit(10)).isEqualTo(130);
                assertThat(command.err().lines()).allMatch(line -> line.startsWith("knockon: waiting for the broker"));
            }
        }
    }

    @Test
    void untilIdleWaitsNoLongerThanItsTimeout() throws Exception {
        String[] unreachable = {"--bootstrap-server", "127.0.0.1:" + freePort(), "--until-idle", "--timeout", "3"};
        try (ChildCommand stream = start("stream", unreachable)) {
            assertThat(stream.awaitExit(30)).isEqualTo(3);
            assertThat(stream.err()).contains("no answer from the broker at 127.0.0.1:", "within 3 s");
        }
    }

    @Test
    void saysThatTheBrokerWasReachedButIsSlow() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
                ChildCommand stream =
                        start("stream", new String[] {"--bootstrap-server", "127.0.0.1:" + silent.getLocalPort()})) {
            stream.awaitErr("waiting for the broker at 127.0.0.1:" + silent.getLocalPort() + ": ");
            assertThat(stream.err()).containsPattern("\\d+ s \\(reached, but slow\\)");
            assertThat(stream.isAlive()).isTrue();
        }
    }

    /** 404: a wrong path, or a proxy. */
    @ParameterizedTest
    @ValueSource(ints = {401, 404})
    void waitsForARegistryButNotAfterARefusal(int status, SharedSandbox.Place place) throws Exception {
        String prefix = place.prefix();
        CommandRun.of(place, "topics", "create", "--prefix", prefix);
        int port = freePort();
        String[] at = {
            "--prefix",
            prefix,
            "--bootstrap-server",
            place.arguments()[1],
            "--schema-registry-url",
            "http://127.0.0.1:" + port
        };
        try (ChildCommand stream = start("stream", at)) {
            stream.awaitErr("knockon: waiting for the schema registry at http://127.0.0.1:" + port);
            HttpServer refusing = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
            refusing.createContext("/", exchange -> {
                exchange.sendResponseHeaders(status, -1);
                exchange.close();
            });
            refusing.start();
            try {
                assertThat(stream.awaitExit(30)).isEqualTo(3);
                assertThat(stream.err()).contains(Integer.toString(status));
            } finally {
                refusing.stop(0);
            }
        }
    }

    private ChildCommand start(String command, String[] servers, String... more) throws IOException {
        String[] arguments = new String[1 + servers.length + more.length];
        arguments[0] = command;
        System.arraycopy(servers, 0, arguments, 1, servers.length);
        System.arraycopy(more, 0, arguments, 1 + servers.length, more.length);
        return ChildCommand.start(Files.createTempDirectory(folder, command), arguments);
    }

    private static int run(String command, String subcommand, String... servers) {
        String[] arguments = new String[2 + servers.length];
        arguments[0] = command;
        arguments[1] = subcommand;
        System.arraycopy(servers, 0, arguments, 2, servers.length);
        return Knockon.commandLine().execute(arguments);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
