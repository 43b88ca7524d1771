package org.knockon.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClientAddressTest {

    private Javalin javalin;

    @BeforeEach
    void start() {
        javalin = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.get("/proxied", request -> request.result(ClientAddress.of(request, true)));
                    config.routes.get("/direct", request -> request.result(ClientAddress.of(request, false)));
                })
                .start("127.0.0.1", 0);
    }

    @AfterEach
    void stop() {
        javalin.stop();
    }

    @Test
    void usesTheProxysEntryWithoutItsPort() throws Exception {
        assertThat(of("/proxied", "10.0.0.7")).isEqualTo("10.0.0.7");
        assertThat(of("/proxied", "1.1.1.1, 10.0.0.7:49152")).isEqualTo("10.0.0.7");
        assertThat(of("/proxied", "2001:db8::7")).isEqualTo("2001:db8:0:0:0:0:0:0");
        assertThat(of("/proxied", "[2001:db8::7]")).isEqualTo("2001:db8:0:0:0:0:0:0");
        assertThat(of("/proxied", "1.1.1.1,[2001:db8::7]:443")).isEqualTo("2001:db8:0:0:0:0:0:0");
    }

    @Test
    void usesTheLastLine() throws Exception {
        assertThat(of("/proxied", "1.1.1.1, 2.2.2.2", "10.0.0.7")).isEqualTo("10.0.0.7");
        assertThat(of("/proxied", "10.0.0.7", "1.1.1.1, 2.2.2.2")).isEqualTo("2.2.2.2");
    }

    @Test
    void usesTheConnectionsAddressWithoutAProxyOrEntry() throws Exception {
        assertThat(of("/direct", "10.0.0.7")).isEqualTo("127.0.0.1");
        assertThat(of("/proxied")).isEqualTo("127.0.0.1");
        assertThat(of("/proxied", "10.0.0.7, ")).isEqualTo("127.0.0.1");
    }

    private String of(String path, String... lines) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + javalin.port() + path));
        for (String line : lines) {
            request.header("X-Forwarded-For", line);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
