package org.knockon.feeds.run;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.knockon.feeds.publish.Publication;
import org.knockon.feeds.receive.Outbox;
import org.knockon.feeds.state.FeedMemory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets once an hour what is too old to be changed again, so that memory and topic do not grow without an end. */
final class Forgetting implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Forgetting.class);
    private static final long AGE = Duration.ofDays(400).toMillis();
    private static final int AT_ONCE = 1_000;

    private final FeedMemory memory;
    private final Outbox outbox;
    private final InstantSource clock;
    private final Optional<Future<?>> task;

    /** @param exercise an exercise may be of any time, so nothing of it is old */
    Forgetting(
            FeedMemory memory, Outbox outbox, ScheduledExecutorService timer, InstantSource clock, boolean exercise) {
        this.memory = memory;
        this.outbox = outbox;
        this.clock = clock;
        this.task = exercise
                ? Optional.empty()
                : Optional.of(timer.scheduleWithFixedDelay(this::forget, 0, 1, TimeUnit.HOURS));
    }

    private void forget() {
        List<String> ended = memory.forgetBefore(clock.millis() - AGE);
        for (int from = 0; from < ended.size(); from += AT_ONCE) {
            List<String> some = ended.subList(from, Math.min(ended.size(), from + AT_ONCE));
            outbox.publish(List.of(new Publication("", "", List.of(), List.of(), Optional.empty(), List.of(), some)));
        }
        if (!ended.isEmpty()) {
            LOG.info("forgot {} states of old appointments", ended.size());
        }
    }

    @Override
    public void close() {
        task.ifPresent(running -> running.cancel(false));
    }
}
