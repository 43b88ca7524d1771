package org.knockon.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HealthServerTest {

    private static final String LOOPBACK = "127.0.0.1";

    private final AtomicBoolean up = new AtomicBoolean(true);
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void returns200WhileUpAnd503WithTheReasonOtherwise() throws Exception {
        try (HealthServer server = start(0)) {
            assertThat(get(server, "/health/live").statusCode()).isEqualTo(200);
            assertThat(get(server, "/health/ready").statusCode()).isEqualTo(200);

            up.set(false);

            assertThat(get(server, "/health/live").statusCode()).isEqualTo(503);
            HttpResponse<String> ready = get(server, "/health/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).isEqualTo("not ready");
            assertThat(ready.headers().firstValue("Content-Type")).contains("text/plain");
        }
    }

    @Test
    void servesMetricsAsPrometheusText() throws Exception {
        try (HealthServer server = start(0)) {
            HttpResponse<String> metrics = get(server, "/metrics");

            assertThat(metrics.body()).isEqualTo("knockon_answer 42\n");
            assertThat(metrics.headers().firstValue("Content-Type"))
                    .contains("text/plain; version=0.0.4; charset=utf-8");
        }
    }

    @Test
    void clientsThatNeverFinishTheirRequestDoNotKeepOthersOut() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try (HealthServer server = start(0)) {
            for (int i = 0; i < 8; i++) {
                Socket socket = new Socket(LOOPBACK, server.port());
                socket.getOutputStream().write("GET /health/li".getBytes(StandardCharsets.US_ASCII));
                silent.add(socket);
            }

            assertThat(get(server, "/health/live").statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void reportsAPortInUseAndAnUnknownHost() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
            assertThatThrownBy(() -> start(taken.getLocalPort())).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> HealthServer.start("no.such.host.invalid", 0, endpoints(), HealthServerTest::thread))
                .isInstanceOf(IOException.class)
                .hasMessage("unknown host");
    }

    private HealthServer start(int port) throws IOException {
        return HealthServer.start(LOOPBACK, port, endpoints(), HealthServerTest::thread);
    }

    private HealthEndpoints endpoints() {
        return new HealthEndpoints(
                () -> new HealthStatus(up.get(), "text/plain", up.get() ? "live" : "not live"),
                () -> new HealthStatus(up.get(), "text/plain", up.get() ? "ready" : "not ready"),
                () -> "knockon_answer 42\n");
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private HttpResponse<String> get(HealthServer server, String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://" + LOOPBACK + ":" + server.port() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
