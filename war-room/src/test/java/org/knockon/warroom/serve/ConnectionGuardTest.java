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

/** Who may hold a connection, and for how long, over plain HTTP. */
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
    void putsOutWhoeverIsSlowWithAHeadOrABody() throws Exception {
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

        assertThat(dribbledUntilPutOut(head, "GET /wall HTTP/1.1\r\nX-Slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaa", begun))
                .as("the first head")
                .isBetween(Duration.ofSeconds(8), Duration.ofSeconds(15));
        assertThat(dribbledUntilPutOut(body, " ".repeat(60), begun))
                .as("a body")
                .isLessThan(Duration.ofSeconds(20));
        assertThat(dribbledUntilPutOut(again, "GET /wall HTTP/1.1\r\nX-Slow: " + "a".repeat(60), begun))
                .as("the head of a later request")
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
    void givesANewcomerThePlaceOfWhoeverWasSilentForLongest() throws Exception {
        for (int i = 0; i < AccessSettings.CONNECTIONS_PER_ADDRESS; i++) {
            connect("127.0.0.3");
        }
        Socket other = connect("127.0.0.4");
        Socket newcomer = connect("127.0.0.3");
        write(newcomer, HEALTH);
        assertThat(new String(newcomer.getInputStream().readAllBytes(), UTF_8)).endsWith("live");
        assertThat(goneAmong(open.subList(0, 64))).as("of the first of them").isEqualTo(1);
        write(other, HEALTH);
        assertThat(new String(other.getInputStream().readAllBytes(), UTF_8))
                .as("another address loses nothing")
                .endsWith("live");
    }

    @Test
    void keepsPlacesForNobodyWhoSaysNothing() throws Exception {
        int port = server.port();
        for (int i = 0; i < WarRoomServer.MAX_CONNECTIONS + 100; i++) {
            Socket socket = new Socket(
                    InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName("127.0.1." + (1 + i % 200)), 0);
            open.add(socket);
        }
        Socket newcomer = connect("127.0.0.1");
        write(newcomer, HEALTH);
        assertThat(new String(newcomer.getInputStream().readAllBytes(), UTF_8)).endsWith("live");
    }

    @Test
    void countsNoAddressesBehindAProxy() throws Exception {
        server.close();
        Path file = Path.of(System.getProperty("java.io.tmpdir"), "door-" + System.nanoTime() + ".json");
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

    /** A byte each half second; how long after an instant nobody listened any more. */
    private static Duration dribbledUntilPutOut(Socket socket, String text, long begun) throws Exception {
        socket.setSoTimeout(500);
        byte[] bytes = text.getBytes(UTF_8);
        for (byte each : bytes) {
            try {
                socket.getOutputStream().write(each);
                while (socket.getInputStream().read() >= 0) {
                    // What was answered before.
                }
                break;
            } catch (java.net.SocketTimeoutException open) {
                continue;
            } catch (IOException putOut) {
                break;
            }
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Two selectors take connections in, so the first is not always the oldest. */
    private static int goneAmong(List<Socket> sockets) throws IOException {
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
                "app",
                ZoneId.of("Europe/London"),
                "127.0.0.1",
                0,
                exercise ? Optional.of("test") : Optional.empty());
    }
}
