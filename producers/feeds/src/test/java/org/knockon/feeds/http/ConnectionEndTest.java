package org.knockon.feeds.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An answer that ends the connection says so. Otherwise the sender's next request on it, which may be a good one, gets no
 * answer.
 */
@Timeout(60)
class ConnectionEndTest {

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");
    private static final List<String> PATHS = List.of(
            "/feeds/am",
            "/feeds/am/",
            "/feeds/am/Appointment/%00",
            "/feeds/am/Appointment/..%2f..%2fx",
            "/feeds/am/Appointment/%ff%fe",
            "/feeds/am/$process-message",
            "/feeds/am/messages",
            "/feeds/am/" + "a".repeat(3_000),
            "/feeds/none",
            "/none");

    private static TestServer server;

    static List<String> requests() {
        List<String> requests = new ArrayList<>();
        for (String method : METHODS) {
            for (String path : PATHS) {
                requests.add(method + " " + path);
            }
        }
        return requests;
    }

    @BeforeAll
    static void start() {
        server = new TestServer(Runnable::run);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void theNextRequestIsAnsweredUnlessTheAnswerSaysClose(String request) throws Exception {
        for (String extra : List.of("", "Content-Encoding: gzip\r\n", "Content-Encoding: br\r\n")) {
            for (int delay : new int[] {-1, 20}) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                    BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
                    write(
                            socket,
                            request + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n" + extra + "\r\n"
                                    + (delay < 0 ? "{}" : ""));
                    if (delay >= 0) {
                        Thread.sleep(delay);
                        try {
                            write(socket, "{}");
                        } catch (IOException e) {
                            continue;
                        }
                    }
                    List<String> headers = answer(in);
                    if (headers.contains("connection: close")) {
                        continue;
                    }
                    Thread.sleep(5);
                    write(socket, "POST /feeds/am HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}");

                    assertThat(answer(in))
                            .as("%s %s after %d ms, answered with %s", request, extra.strip(), delay, headers)
                            .first()
                            .isEqualTo("http/1.1 200 ok");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br"})
    void aRefusedBodyIsReadBeforeTheAnswer(String encoding) throws Exception {
        byte[] body = new byte[200_000];
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            write(
                    socket,
                    "POST /feeds/am HTTP/1.1\r\nHost: localhost\r\nContent-Encoding: " + encoding
                            + "\r\nContent-Length: " + body.length + "\r\n\r\n");
            socket.getOutputStream().write(body, 0, 100_000);
            socket.setSoTimeout(200);
            assertThatThrownBy(in::readLine).isInstanceOf(SocketTimeoutException.class);
            socket.setSoTimeout(0);
            socket.getOutputStream().write(body, 100_000, 100_000);

            assertThat(answer(in)).contains("http/1.1 400 bad request", "connection: close");
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    /** Status line and headers, in lower case; empty if the connection has ended. */
    private static List<String> answer(BufferedReader in) throws IOException {
        List<String> headers = new ArrayList<>();
        int length = 0;
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            headers.add(line.toLowerCase(Locale.ROOT));
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        for (int i = 0; i < length; i++) {
            in.read();
        }
        return headers;
    }
}
