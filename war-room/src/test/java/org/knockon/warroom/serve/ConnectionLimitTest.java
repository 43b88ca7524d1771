package org.knockon.warroom.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.knockon.warroom.WarRoomSettings;

@Timeout(60)
class ConnectionLimitTest {

    @Test
    void letsNobodyInBeyondSoManyUntilOthersGo() throws Exception {
        WarRoomSettings settings = new WarRoomSettings(
                Map.of(), "knockon.", "app", ZoneId.of("Europe/London"), "127.0.0.1", 0, Optional.empty());
        List<Socket> idle = new ArrayList<>();
        try (WarRoomServer server = WarRoomServer.start(settings, new FakeBoard(), System::currentTimeMillis)) {
            for (int i = 1; i <= WarRoomServer.MOST_CONNECTIONS; i++) {
                Socket socket = new Socket("127.0.0.1", server.port());
                idle.add(socket);
                if (i % 32 == 0) {
                    // Not faster than they are accepted, or the system makes each wait for a second.
                    socket.getOutputStream()
                            .write("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
                    assertThat(socket.getInputStream().read()).isEqualTo('H');
                }
            }
            try (Socket late = new Socket("127.0.0.1", server.port())) {
                late.getOutputStream()
                        .write("GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                                .getBytes(UTF_8));
                late.setSoTimeout(500);
                assertThatThrownBy(() -> late.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
                close(idle);
                late.setSoTimeout(0);
                assertThat(new String(late.getInputStream().readAllBytes(), UTF_8))
                        .startsWith("HTTP/1.1 200")
                        .endsWith("live");
            }
        } finally {
            close(idle);
        }
    }

    private static void close(List<Socket> all) throws IOException {
        for (Socket socket : all) {
            socket.close();
        }
    }
}
