package org.knockon.feeds.mllp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;

/** A listener on a free port, and senders that are closed after the test. */
abstract class ListenerFixture {
    static final Instant NOW = Instant.parse("2026-03-02T09:00:05Z");
    static final Duration ANSWER_WITHIN = Duration.ofMillis(500);

    final BlockingQueue<ReceivedMessage> received = new LinkedBlockingQueue<>();
    private final List<RawSender> senders = new ArrayList<>();
    MllpListener listener;

    @AfterEach
    void stop() throws IOException {
        for (RawSender sender : senders) {
            sender.close();
        }
        if (listener != null) {
            listener.close();
        }
    }

    MessageHandler echo() {
        return message -> completedFuture(ack(message));
    }

    static Optional<byte[]> ack(ReceivedMessage message) {
        return Optional.of(("ack of " + text(message)).getBytes(ISO_8859_1));
    }

    static String text(ReceivedMessage message) {
        return new String(message.bytes(), ISO_8859_1);
    }

    RawSender sender() throws IOException {
        RawSender sender = new RawSender(listener.port());
        senders.add(sender);
        return sender;
    }

    void start(MessageHandler handler) {
        start(handler, 100, Duration.ofMinutes(1), 1 << 20);
    }

    void start(MessageHandler handler, int maxConnections, Duration idle, int maxFrame) {
        start(handler, maxConnections, idle, maxFrame, ANSWER_WITHIN);
    }

    void start(MessageHandler handler, int maxConnections, Duration idle, int maxFrame, Duration answerWithin) {
        listener = MllpListener.start(
                settings(0, maxConnections, idle, maxFrame, answerWithin),
                message -> {
                    received.add(message);
                    return handler.handle(message);
                },
                InstantSource.fixed(NOW));
    }

    static MllpSettings settings(int port, int maxConnections, Duration idle, int maxFrame, Duration answerWithin) {
        return PlainSettings.of(port, maxConnections, idle, answerWithin, maxFrame);
    }

    static void waitUntil(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time is over").isLessThan(end);
            Thread.sleep(10);
        }
    }
}
