package org.knockon.benchmarks.wall;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Clients that read the stream, and others that open it and never read. */
final class StreamCrowd implements AutoCloseable {

    private static final Pattern SERVER_TIME = Pattern.compile("^data: \\{\"serverTime\":(\\d+)");

    private final List<Double> lags = new ArrayList<>();
    private final List<Double> gaps = new ArrayList<>();
    private final LongAdder states = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final AtomicInteger ended = new AtomicInteger();
    private final List<Socket> stuck = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile boolean counting;
    private volatile boolean closed;

    /**
     * What the readers received.
     *
     * @param lags milliseconds from the server's time in each tick to its arrival
     * @param gaps milliseconds between two ticks of one reader
     * @param states snapshots, of all readers together
     * @param bytes of all readers together
     * @param ended readers whose connection the server closed
     */
    record Received(List<Double> lags, List<Double> gaps, long states, long bytes, int ended) {}

    StreamCrowd(URI stream, int readers, int stuckReaders) throws IOException {
        for (int i = 0; i < stuckReaders; i++) {
            Socket socket = new Socket();
            stuck.add(socket);
            socket.setReceiveBufferSize(1024);
            socket.connect(new InetSocketAddress(stream.getHost(), stream.getPort()));
            socket.getOutputStream()
                    .write(("GET " + stream.getPath() + " HTTP/1.1\r\nHost: " + stream.getAuthority()
                                    + "\r\nAccept: text/event-stream\r\n\r\n")
                            .getBytes(UTF_8));
        }
        HttpRequest request = HttpRequest.newBuilder(stream)
                .header("Accept", "text/event-stream")
                .build();
        for (int i = 0; i < readers; i++) {
            http.sendAsync(request, HttpResponse.BodyHandlers.fromLineSubscriber(new Reader()))
                    .whenComplete((response, failure) -> {
                        if (!closed) {
                            ended.incrementAndGet();
                        }
                    });
        }
    }

    /** Starts counting. */
    void begin() {
        counting = true;
    }

    Received end() {
        counting = false;
        synchronized (lags) {
            return new Received(List.copyOf(lags), List.copyOf(gaps), states.sum(), bytes.sum(), ended.get());
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        for (Socket socket : stuck) {
            socket.close();
        }
    }

    private final class Reader implements Flow.Subscriber<String> {

        private long lastTick;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            if (!counting) {
                return;
            }
            bytes.add(line.length());
            if (line.equals("event: snapshot")) {
                states.increment();
                return;
            }
            Matcher tick = SERVER_TIME.matcher(line);
            if (tick.find()) {
                long now = System.currentTimeMillis();
                synchronized (lags) {
                    lags.add((double) (now - Long.parseLong(tick.group(1))));
                    if (lastTick != 0) {
                        gaps.add((double) (now - lastTick));
                    }
                }
                lastTick = now;
            }
        }

        @Override
        public void onError(Throwable failure) {
            // Counted when the request completes.
        }

        @Override
        public void onComplete() {
            // Counted when the request completes.
        }
    }
}
