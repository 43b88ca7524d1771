package org.knockon.feeds.run;

import java.time.InstantSource;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.knockon.feeds.probe.Look;
import org.knockon.feeds.probe.Looker;
import org.knockon.feeds.probe.ProbeFeedSettings;
import org.knockon.feeds.probe.ProbeSchedule;
import org.knockon.feeds.receive.ProbeReceiver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the targets of one feed when they are due, at most once at a time at each. */
final class ProbeRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProbeRunner.class);
    private static final int MOST_THREADS = 16;

    private final ProbeFeedSettings settings;
    private final Looker looker;
    private final ProbeReceiver receiver;
    private final ScheduledExecutorService timer;
    private final InstantSource clock;
    private final ProbeSchedule schedule;
    private final ThreadPoolExecutor threads;

    ProbeRunner(
            ProbeFeedSettings settings,
            Looker looker,
            ProbeReceiver receiver,
            ScheduledExecutorService timer,
            InstantSource clock) {
        this.settings = settings;
        this.looker = looker;
        this.receiver = receiver;
        this.timer = timer;
        this.clock = clock;
        long start = clock.millis();
        this.schedule =
                new ProbeSchedule(start, settings.every(), settings.targets().size(), start ^ System.nanoTime());
        int count = Math.min(MOST_THREADS, settings.targets().size());
        this.threads = new ThreadPoolExecutor(
                count, count, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Daemons.named("probe"));
        threads.allowCoreThreadTimeOut(true);
    }

    ProbeRunner start() {
        for (int target = 0; target < settings.targets().size(); target++) {
            schedule(target, schedule.first(target));
        }
        return this;
    }

    private void schedule(int target, long due) {
        try {
            timer.schedule(
                    () -> threads.execute(() -> look(target, due)),
                    Math.max(0, due - clock.millis()),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("stopped");
        }
    }

    private void look(int target, long due) {
        try {
            long at = clock.millis();
            Look look = looker.look(settings.targets().get(target), at);
            if (!Thread.currentThread().isInterrupted()) {
                receiver.looked(target, look, at);
            }
        } finally {
            schedule(target, schedule.next(target, due, clock.millis()));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
