package org.knockon.feeds.mllp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What senders see of a listener that stops. */
@Timeout(60)
class MllpStopIT extends ListenerFixture {

    @Test
    void whenItStopsItFinishesWhatIsInFlight() throws Exception {
        CompletableFuture<Optional<byte[]>> answer = new CompletableFuture<>();
        start(message -> answer, 100, Duration.ofMinutes(1), 1 << 20, Duration.ofSeconds(10));
        RawSender idle = sender();
        RawSender waiting = sender().sendFrame("MSH|1");
        received.take();
        Thread closing = new Thread(listener::close);
        closing.start();

        idle.seesReset();
        waitUntil(this::portIsClosed);
        answer.complete(Optional.of("in time".getBytes(ISO_8859_1)));

        assertThat(waiting.answer()).isEqualTo("in time");
        closing.join();
    }

    @Test
    void whenItStopsItWaitsAtMostFiveSeconds() throws Exception {
        start(message -> new CompletableFuture<>(), 100, Duration.ofMinutes(1), 1 << 20, Duration.ofMinutes(1));
        RawSender waiting = sender().sendFrame("MSH|1");
        received.take();
        long begin = System.nanoTime();

        listener.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(9));
        waiting.seesReset();
    }

    private boolean portIsClosed() {
        try {
            new RawSender(listener.port()).close();
            return false;
        } catch (ConnectException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
