package org.knockon.feeds.mllp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real sockets: what senders do to the listener, and what they see of it. */
@Timeout(60)
class MllpListenerIT extends ListenerFixture {
    @Test
    void answersAMessage() throws IOException {
        start(echo());

        assertThat(sender().sendFrame("MSH|1").answer()).isEqualTo("ack of MSH|1");
        ReceivedMessage message = received.remove();
        assertThat(message.receipt()).isEqualTo(NOW);
        assertThat(message.peer()).isEqualTo("127.0.0.1");
        assertThat(message.size()).isEqualTo(5);
        assertThat(message.tooLong()).isFalse();
    }

    @Test
    void takesSingleBytes() throws IOException {
        start(echo());
        RawSender sender = sender();
        for (char c : "\u000bMSH|1\u001c\r".toCharArray()) {
            sender.send(String.valueOf(c));
        }

        assertThat(sender.answer()).isEqualTo("ack of MSH|1");
    }

    @Test
    void answersTenMessagesOfOnePacketInTheirOrder() throws IOException {
        start(echo());
        StringBuilder packet = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            packet.append("\u000bMSH|").append(i).append("\u001c\r");
        }
        RawSender sender = sender().send(packet.toString());

        for (int i = 0; i < 10; i++) {
            assertThat(sender.answer()).isEqualTo("ack of MSH|" + i);
        }
    }

    @Test
    void hasOneMessageOfAConnectionInFlight() throws Exception {
        CompletableFuture<Optional<byte[]>> first = new CompletableFuture<>();
        start(message -> text(message).equals("MSH|1") ? first : completedFuture(ack(message)));
        RawSender sender = sender().sendFrame("MSH|1").sendFrame("MSH|2");

        assertThat(received.take().size()).isEqualTo(5);
        assertThat(received.poll(200, TimeUnit.MILLISECONDS)).isNull();
        first.complete(Optional.of("late".getBytes(ISO_8859_1)));

        assertThat(sender.answer()).isEqualTo("late");
        assertThat(sender.answer()).isEqualTo("ack of MSH|2");
    }

    @Test
    void aFrameMayEndWithoutACarriageReturn() throws IOException {
        start(echo());
        RawSender sender = sender();

        assertThat(sender.send("\u000bMSH|1\u001c").answer()).isEqualTo("ack of MSH|1");
        assertThat(sender.send("\u000bMSH|2\u001c").answer()).isEqualTo("ack of MSH|2");
    }

    @Test
    void skipsAndCountsJunk() throws IOException {
        start(echo());

        assertThat(sender().send("GET / HTTP/1.1\r\n\r\n").sendFrame("MSH|1").answer())
                .isEqualTo("ack of MSH|1");
        assertThat(listener.counts().skippedBytes()).isEqualTo(18);
    }

    @Test
    void aMessageWithoutAnAnswerEndsWithAReset() throws IOException {
        start(message -> completedFuture(Optional.empty()));
        long begin = System.nanoTime();
        RawSender sender = sender().sendFrame("MSH|1");

        sender.seesReset();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(ANSWER_WITHIN, Duration.ofSeconds(5));
        assertThat(listener.counts().unanswered()).isEqualTo(1);
    }

    @Test
    void aFailureEndsWithAReset() throws IOException {
        start(message -> {
            if (text(message).equals("MSH|1")) {
                throw new IllegalStateException("broken");
            }
            return CompletableFuture.failedFuture(new IllegalStateException("broken"));
        });

        sender().sendFrame("MSH|1").seesReset();
        sender().sendFrame("MSH|2").seesReset();
    }

    @Test
    void anAnswerAfterTheResetIsDropped() throws Exception {
        CompletableFuture<Optional<byte[]>> answer = new CompletableFuture<>();
        start(message -> answer);
        sender().sendFrame("MSH|1").seesReset();

        answer.complete(Optional.of("late".getBytes(ISO_8859_1)));

        waitUntil(() -> listener.counts().connections() == 0);
    }

    @Test
    void aSenderThatReadsNoAnswersCostsItselfOnly() throws Exception {
        byte[] large = new byte[4 << 20];
        start(message -> completedFuture(text(message).startsWith("FLOOD") ? Optional.of(large) : ack(message)));
        RawSender flood = sender();
        flood.socket().setReceiveBufferSize(4096);
        flood.sendFrame("FLOOD");

        assertThat(sender().sendFrame("MSH|1").answer()).isEqualTo("ack of MSH|1");
        waitUntil(() -> listener.counts().unanswered() == 1);
        assertThat(sender().sendFrame("MSH|2").answer()).isEqualTo("ack of MSH|2");
    }

    @Test
    void aSenderThatStallsInAFrameIsResetWhenItWasSilentForTooLong() throws Exception {
        start(echo(), 100, Duration.ofMillis(300), 1 << 20);
        RawSender stalled = sender().send("\u000bMSH|1\rSCH");

        assertThat(sender().sendFrame("MSH|2").answer()).isEqualTo("ack of MSH|2");
        stalled.seesReset();
    }

    @Test
    void aLongFrameIsCutAndTheConnectionGoesOn() throws Exception {
        start(echo(), 100, Duration.ofMinutes(1), 1 << 20);
        RawSender sender = sender();
        OutputStream out = sender.socket().getOutputStream();
        out.write("\u000bMSH|huge".getBytes(ISO_8859_1));
        byte[] megabyte = "x".repeat(1 << 20).getBytes(ISO_8859_1);
        for (int i = 0; i < 64; i++) {
            out.write(megabyte);
        }
        sender.send("\u001c\r");

        assertThat(sender.answer()).startsWith("ack of MSH|hugexxx");
        ReceivedMessage message = received.remove();
        assertThat(message.tooLong()).isTrue();
        assertThat(message.size()).isEqualTo(8 + (64L << 20));
        assertThat(message.bytes()).hasSize(16 * 1024);
        assertThat(sender.sendFrame("MSH|2").answer()).isEqualTo("ack of MSH|2");
    }

    @Test
    void aConnectionThatNeverSpeaksIsNormal() throws Exception {
        start(echo(), 100, Duration.ofSeconds(2), 1 << 20);
        RawSender silent = sender();

        assertThat(sender().sendFrame("MSH|1").answer()).isEqualTo("ack of MSH|1");
        assertThat(listener.counts().connections()).isEqualTo(2);
        silent.seesReset();
    }

    @Test
    void idleConnectionsHaveNoThreads() throws Exception {
        start(echo(), 1_000, Duration.ofMinutes(1), 1 << 20);
        for (int i = 0; i < 500; i++) {
            sender();
        }
        waitUntil(() -> listener.counts().connections() == 500);

        assertThat(sender().sendFrame("MSH|1").answer()).isEqualTo("ack of MSH|1");
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("mllp-"))
                .hasSizeLessThan(16);
    }

    @Test
    void aConnectionTooManyIsReset() throws Exception {
        start(echo(), 2, Duration.ofMinutes(1), 1 << 20);
        RawSender first = sender();
        sender();
        waitUntil(() -> listener.counts().connections() == 2);

        sender().seesReset();
        assertThat(listener.counts().refusedConnections()).isEqualTo(1);
        first.close();
        waitUntil(() -> listener.counts().connections() == 1);
        assertThat(sender().sendFrame("MSH|1").answer()).isEqualTo("ack of MSH|1");
    }

    @Test
    void oneSenderThatWaitsDoesNotHoldUpOthers() throws Exception {
        start(message -> text(message).equals("MSH|slow") ? new CompletableFuture<>() : completedFuture(ack(message)));
        for (int i = 0; i < 20; i++) {
            sender().sendFrame("MSH|slow");
        }

        assertThat(sender().sendFrame("MSH|1").answer()).isEqualTo("ack of MSH|1");
    }

    @Test
    void aSenderMayEndTheConnectionAfterEachMessage() throws Exception {
        start(echo());
        for (int i = 0; i < 20; i++) {
            try (RawSender sender = new RawSender(listener.port())) {
                assertThat(sender.sendFrame("MSH|" + i).answer()).isEqualTo("ack of MSH|" + i);
            }
        }

        waitUntil(() -> listener.counts().connections() == 0);
    }

    @Test
    void aSenderThatOnlyWritesNoMoreStillGetsItsAnswer() throws Exception {
        start(echo());
        RawSender sender = sender().sendFrame("MSH|1");
        sender.socket().shutdownOutput();

        assertThat(sender.answer()).isEqualTo("ack of MSH|1");
        assertThat(sender.socket().getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        start(echo());

        assertThatThrownBy(() -> MllpListener.start(
                        settings(listener.port(), 1, Duration.ofMinutes(1), 1 << 20, ANSWER_WITHIN),
                        echo(),
                        InstantSource.fixed(NOW)))
                .hasMessage("feed pas: could not open port " + listener.port()
                        + " on 127.0.0.1: choose a port that is free");
    }

    @Test
    void aHandlerThatBlocksDoesNotStopReading() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        start(message -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return completedFuture(ack(message));
        });
        for (int i = 0; i < 10; i++) {
            sender().sendFrame("MSH|blocks");
        }
        RawSender another = sender().send("junk");

        waitUntil(() -> listener.counts().skippedBytes() == 4);
        waitUntil(() -> listener.counts().unanswered() == 10);
        release.countDown();
        assertThat(another.sendFrame("MSH|1").answer()).isEqualTo("ack of MSH|1");
    }
}
