package org.knockon.warroom.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.knockon.warroom.WarRoomSettings;
import org.knockon.warroom.access.AccessSettings;

/** Limits on connections, over plain HTTP. */
@Timeout(90)
class ConnectionGuardTest {

    private static final String HEALTH = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private final List<Socket> open = new ArrayList<>();
    private WarRoomServer server;

    @BeforeEach
    void start() {
        server = WarRoomServer.start(
                settings(false), new FakeBoard(), System::currentTimeMillis, Optional.of(new FakeReplay()));
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        server.close();
    }

    @Test
    void closesConnectionsThatAreSlowWithHeadersOrBody() throws Exception {
        Socket head = connect("127.0.0.1");
        Socket again = connect("127.0.0.1");
        write(again, "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(again.getInputStream().read()).isEqualTo('H');
        Socket body = connect("127.0.0.1");
        write(
                body,
                "POST /api/v1/replay HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{");
        long begun = System.nanoTime();

        assertThat(timeUntilClosed(head, "GET /wall HTTP/1.1\r\nX-Slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaa", begun))
                .as("the first headers")
                .isBetween(Duration.ofSeconds(8), Duration.ofSeconds(15));
        assertThat(timeUntilClosed(body, " ".repeat(60), begun)).as("a body").isLessThan(Duration.ofSeconds(20));
        assertThat(timeUntilClosed(again, "GET /wall HTTP/1.1\r\nX-Slow: " + "a".repeat(60), begun))
                .as("the headers of a later request")
                .isBetween(Duration.ofSeconds(25), Duration.ofSeconds(36));
    }

    @Test
    void keepsAStreamThatIsRead() throws Exception {
        Socket stream = connect("127.0.0.1");
        write(stream, "GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
        long begun = System.nanoTime();
        byte[] buffer = new byte[65_536];
        while (System.nanoTime() - begun < Duration.ofSeconds(14).toNanos()) {
            assertThat(stream.getInputStream().read(buffer)).isPositive();
        }
    }

    @Test
    void replacesTheLongestIdleConnectionWithANewOne() throws Exception {
        for (int i = 0; i < AccessSettings.CONNECTIONS_PER_ADDRESS; i++) {
            connect("127.0.0.3");
        }
        Socket other = connect("127.0.0.4");
        Socket added = connect("127.0.0.3");
        // It stays open, for the server may learn of it before it learns of the last ones above.
        write(added, "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith("live")) {
            answer.append((char) added.getInputStream().read());
        }
        int closed = 0;
        while (closed == 0) {
            closed = countClosed(open.subList(0, 64));
        }
        assertThat(closed).as("one of the first").isEqualTo(1);
        write(other, HEALTH);
        assertThat(new String(other.getInputStream().readAllBytes(), UTF_8))
                .as("connections of other addresses are kept")
                .endsWith("live");
    }

    @Test
    void replacesSilentConnections() throws Exception {
        int port = server.port();
        for (int i = 0; i < WarRoomServer.MAX_CONNECTIONS + 100; i++) {
            Socket socket = new Socket(
                    InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName("127.0.1." + (1 + i % 200)), 0);
            open.add(socket);
        }
        Socket added = connect("127.0.0.1");
        write(added, HEALTH);
        assertThat(new String(added.getInputStream().readAllBytes(), UTF_8)).endsWith("live");
    }

    @Test
    void appliesNoAddressLimitBehindAProxy() throws Exception {
        server.close();
        Path file = Path.of(System.getProperty("java.io.tmpdir"), "connections-" + System.nanoTime() + ".json");
        new org.knockon.warroom.access.AccessFile(file)
                .addToken("tv", java.util.Set.of(org.knockon.warroom.access.Role.VIEWER), true);
        server = WarRoomServer.start(
                GuardedServer.settings("127.0.0.1", Optional.of(file), true),
                new FakeBoard(),
                System::currentTimeMillis);
        for (int i = 0; i < AccessSettings.CONNECTIONS_PER_ADDRESS + 50; i++) {
            connect("127.0.0.1");
        }
        Socket first = open.get(0);
        write(first, HEALTH);
        assertThat(new String(first.getInputStream().readAllBytes(), UTF_8)).endsWith("live");
        java.nio.file.Files.delete(file);
    }

    /** Sends one byte every half second, and returns the time from {@code begun} until the connection is closed. */
    private static Duration timeUntilClosed(Socket socket, String text, long begun) throws Exception {
        socket.setSoTimeout(500);
        byte[] bytes = text.getBytes(UTF_8);
        for (byte each : bytes) {
            try {
                socket.getOutputStream().write(each);
                while (socket.getInputStream().read() >= 0) {
                    // Discard earlier responses.
                }
                break;
            } catch (java.net.SocketTimeoutException open) {
                continue;
            } catch (IOException closed) {
                break;
            }
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Two selectors accept connections, so the first is not always the oldest. */
    private static int countClosed(List<Socket> sockets) throws IOException {
        int gone = 0;
        for (Socket socket : sockets) {
            socket.setSoTimeout(20);
            try {
                gone += socket.getInputStream().read() < 0 ? 1 : 0;
            } catch (java.net.SocketTimeoutException open) {
                continue;
            } catch (IOException reset) {
                gone++;
            }
        }
        return gone;
    }

    private Socket connect(String from) throws IOException {
        Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), server.port(), InetAddress.getByName(from), 0);
        open.add(socket);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
    }

    private static WarRoomSettings settings(boolean exercise) {
        return new WarRoomSettings(
                Map.of(),
                "knockon.",
                ZoneId.of("Europe/London"),
                "127.0.0.1",
                0,
                exercise ? Optional.of("test") : Optional.empty());
    }
}
