package org.knockon.feeds.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A sender may use as many connections as a feed takes requests at a time. */
@Timeout(60)
class ManySendersIT {

    private static final int CONNECTIONS = 16;
    private static final int REQUESTS = 300;

    private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    private final ExecutorService publishing = Executors.newFixedThreadPool(2);

    @Test
    void noneIsTurnedAwayWhoSendsAgainAsSoonAsItHasItsAnswer() throws Exception {
        try (TestServer server = new TestServer(publishing)) {
            List<Future<Set<String>>> senders = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                senders.add(threads.submit(sender(server.port())));
            }

            for (Future<Set<String>> each : senders) {
                assertThat(each.get()).containsExactly("HTTP/1.1 200 OK");
            }
        } finally {
            threads.shutdownNow();
            publishing.shutdownNow();
        }
    }

    /** Returns the status lines of its answers. */
    private static Callable<Set<String>> sender(int port) {
        return () -> {
            Set<String> statuses = new TreeSet<>();
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
                for (int i = 0; i < REQUESTS; i++) {
                    socket.getOutputStream()
                            .write("POST /feeds/am HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}"
                                    .getBytes(ISO_8859_1));
                    statuses.add(in.readLine());
                    int length = 0;
                    for (String header = in.readLine(); !header.isEmpty(); header = in.readLine()) {
                        if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                            length = Integer.parseInt(header.substring(15).strip());
                        }
                    }
                    for (int read = 0; read < length; read++) {
                        in.read();
                    }
                }
            }
            return statuses;
        };
    }
}
