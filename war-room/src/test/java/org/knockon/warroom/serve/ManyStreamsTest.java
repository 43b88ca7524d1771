package org.knockon.warroom.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.knockon.warroom.WarRoomSettings;

/** Two hundred streams, twenty of which do not read. */
@Timeout(180)
class ManyStreamsTest {

    private static final int READERS = 180;
    private static final int STUCK = 20;
    /** With snapshots of this size, a connection that is not read is full after a few. */
    private static final int BYTES = 256 * 1024;

    private final FakeBoard board = new FakeBoard();

    @Test
    void sendsEveryReaderTheNewestStateDespiteStuckClients() throws Exception {
        WarRoomSettings settings = new WarRoomSettings(
                Map.of(), "x".repeat(BYTES), ZoneId.of("Europe/London"), "127.0.0.1", 0, Optional.of("test"));
        List<Socket> stuck = new ArrayList<>();
        board.postponed(0);
        try (WarRoomServer server = WarRoomServer.start(settings, board, System::currentTimeMillis)) {
            for (int i = 0; i < STUCK; i++) {
                Socket socket = new Socket();
                stuck.add(socket);
                socket.setReceiveBufferSize(1024);
                socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
                socket.getOutputStream()
                        .write(("GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
                                .getBytes(UTF_8));
            }
            long postponed = 0;
            while (blockedWriters() < STUCK) {
                board.postponed(++postponed);
                Thread.sleep(50);
            }
            long last = postponed + 10;
            HttpClient http = HttpClient.newHttpClient();
            CountDownLatch begun = new CountDownLatch(READERS);
            AtomicInteger refused = new AtomicInteger();
            CountDownLatch done = new CountDownLatch(READERS);
            List<CompletableFuture<HttpResponse<Void>>> readers = Stream.generate(
                            () -> reader(http, server, last, begun, done))
                    .limit(READERS)
                    .toList();
            readers.forEach(reader -> reader.whenComplete((answer, failure) -> refused.incrementAndGet()));
            assertThat(begun.await(60, TimeUnit.SECONDS)).as("all have started").isTrue();

            while (postponed < last) {
                board.postponed(++postponed);
                // The publisher checks four times a second and combines the changes in between.
                Thread.sleep(100);
            }
            assertThat(done.await(60, TimeUnit.SECONDS))
                    .as("readers that wait for the newest: %s, ended: %s", done.getCount(), refused)
                    .isTrue();
            assertThat(refused).hasValue(0);
        } finally {
            for (Socket socket : stuck) {
                socket.close();
            }
        }
    }

    /** Writers that wait for their connection, not for a message. */
    private static long blockedWriters() {
        return Thread.getAllStackTraces().values().stream()
                .filter(frames -> in(frames, "write") && !in(frames, "next"))
                .count();
    }

    private static boolean in(StackTraceElement[] frames, String method) {
        return Stream.of(frames)
                .anyMatch(frame -> frame.getClassName().equals(StreamClient.class.getName())
                        && frame.getMethodName().equals(method));
    }

    private static CompletableFuture<HttpResponse<Void>> reader(
            HttpClient http, WarRoomServer server, long last, CountDownLatch begun, CountDownLatch done) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/v1/stream"))
                .header("Accept", "text/event-stream")
                .build();
        Search begins = new Search("data: ", begun::countDown);
        Search newest = new Search("\"postponed\":" + last + ",", done::countDown);
        return http.sendAsync(
                request,
                HttpResponse.BodyHandlers.ofByteArrayConsumer(chunk -> chunk.map(bytes -> new String(bytes, ISO_8859_1))
                        .ifPresent(text -> {
                            begins.accept(text);
                            newest.accept(text);
                        })));
    }

    /**
     * Runs an action when a text first occurs in a stream of chunks. The client's own line reader would search each
     * line of 256 kB again for every chunk of it, which took longer than all the rest of this test.
     */
    private static final class Search {
        private final String wanted;
        private Runnable found;
        private String tail = "";

        Search(String wanted, Runnable found) {
            this.wanted = wanted;
            this.found = found;
        }

        void accept(String chunk) {
            if (found == null) {
                return;
            }
            String text = tail + chunk;
            if (text.contains(wanted)) {
                found.run();
                found = null;
            }
            tail = text.substring(Math.max(0, text.length() - wanted.length() + 1));
        }
    }
}
