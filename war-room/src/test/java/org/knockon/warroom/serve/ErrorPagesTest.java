package org.knockon.warroom.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knockon.warroom.access.AccessFile;
import org.knockon.warroom.access.Role;

/** Error responses carry the security headers and reveal nothing. */
@Timeout(60)
class ErrorPagesTest {

    private static final String MARK = "xss-mark";
    private static final String LONG = "a".repeat(20_000);

    @TempDir
    private Path folder;

    private final FakeBoard board = new FakeBoard();
    private WarRoomServer server;
    private String token;

    @BeforeEach
    void start() throws Exception {
        AccessFile file = new AccessFile(folder.resolve("access.json"));
        token = file.addToken("program", Set.of(Role.values()), false);
        server = WarRoomServer.start(
                GuardedServer.settings("127.0.0.1", Optional.of(folder.resolve("access.json")), true),
                board,
                System::currentTimeMillis);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '#',
            value = {
                "no request at all# xss-mark# 400",
                "no host# GET /xss-mark HTTP/1.1# 400",
                "a path that is none# GET /xss-mark HTTP/1.1|Host: x|AUTH# 404",
                "a path that is wrong# GET /%00xss-mark HTTP/1.1|Host: x|AUTH# 400",
                "a path that leads out# GET /../../xss-mark HTTP/1.1|Host: x|AUTH# 400",
                "a path with a trick# GET /wall/..;xss-mark/ HTTP/1.1|Host: x|AUTH# 400",
                "a long address# GET /xss-mark?LONG HTTP/1.1|Host: x# 414",
                "a long header# GET /xss-mark HTTP/1.1|Host: x|X-Long: LONG# 431",
                "a method that is not ours# DELETE /wall?xss-mark HTTP/1.1|Host: x|Origin: https://x|AUTH# 404",
                "a method that is none# XSSMARK /xss-mark HTTP/1.1|Host: x|Origin: https://x|AUTH# 404",
                "a version that is none# GET /xss-mark HTTP/7.3|Host: x# 505",
                "an expectation# GET /xss-mark HTTP/1.1|Host: x|Expect: xss-mark|AUTH# 417",
                "two lengths# GET /xss-mark HTTP/1.1|Host: x|Content-Length: 1|Content-Length: 2# 400",
                "nobody# GET /xss-mark HTTP/1.1|Host: x# 401",
                "a time that is none# GET /api/v1/state?at=xss-mark HTTP/1.1|Host: x|AUTH# 400",
                "a fault of ours# GET /health/ready?xss-mark HTTP/1.1|Host: x# 500"
            })
    void revealsNothingAndCarriesTheHeaders(String what, String request, int status) throws Exception {
        board.broken(status == 500);
        String answer = answer(
                request.replace("|", "\r\n").replace("LONG", LONG).replace("AUTH", "Authorization: Bearer " + token));

        String head =
                answer.substring(0, Math.max(0, answer.indexOf("\r\n\r\n"))).toLowerCase(Locale.ROOT);
        assertThat(answer).as(what).startsWith("HTTP/1.1 " + status);
        assertThat(head)
                .contains("content-security-policy: default-src 'none'")
                .contains("x-content-type-options: nosniff")
                .contains("x-frame-options: deny")
                .contains("strict-transport-security: max-age=")
                .contains("referrer-policy: no-referrer")
                .doesNotContain("\r\nserver:", "x-powered-by");
        assertThat(answer.toLowerCase(Locale.ROOT))
                .doesNotContain("jetty", "javalin", "exception", "\tat ", "<html", MARK, "xssmark");
    }

    private String answer(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(10_000);
            String closing = request.contains("HTTP/1.1\r\n") ? "\r\nConnection: close" : "";
            socket.getOutputStream().write((request + closing + "\r\n\r\n").getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
