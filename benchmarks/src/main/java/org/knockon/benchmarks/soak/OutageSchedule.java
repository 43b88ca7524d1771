package org.knockon.benchmarks.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.knockon.benchmarks.harness.Elapsed;
import org.knockon.benchmarks.harness.Estate;
import org.knockon.benchmarks.harness.ServiceGroup;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;

/**
 * Observes every system every few seconds, and takes one group after another down for a while, in a thread of its own. Closing it closes
 * the estate.
 */
final class OutageSchedule implements AutoCloseable {

    private static final long BETWEEN_OBSERVATIONS_MILLIS = 10_000;
    private static final int NONE = -1;

    private final Estate estate;
    private final List<ServiceGroup> groups;
    private final long outageEveryMillis;
    private final List<Observation> observed = new ArrayList<>();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::run, "soak-outages");
    private final CountDownLatch confirmed = new CountDownLatch(2);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();
    private volatile boolean stayingDown;

    /** @param outageEveryMillis time from one outage to the next; each lasts half of it */
    OutageSchedule(Estate estate, List<ServiceGroup> groups, long outageEveryMillis) {
        this.estate = estate;
        this.groups = groups;
        this.outageEveryMillis = outageEveryMillis;
    }

    /** Writes the catalogue and a first observation of each system, then starts the thread. */
    void begin() throws Exception {
        estate.open(groups);
        observeAll(NONE);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Ends the alternation: the first group goes down and stays down. Returns once it has been observed down twice. Observations
     * continue: without them the wall clock would take over, and the app would never become idle.
     */
    void stayDown() throws InterruptedException {
        stayingDown = true;
        confirmed.await();
        requireNoFailure();
    }

    /**
     * Ends the observations.
     *
     * @return all observations except those of {@link Estate#open}, which are the first of their systems and UP
     */
    List<Observation> end() throws InterruptedException {
        stopped.countDown();
        thread.join();
        requireNoFailure();
        return observed;
    }

    private void requireNoFailure() {
        if (failure.get() != null) {
            throw new IllegalStateException("an observation could not be written", failure.get());
        }
    }

    /** Outages begun so far. */
    int begun() {
        return begun.get();
    }

    Estate estate() {
        return estate;
    }

    private void run() {
        Elapsed elapsed = new Elapsed();
        int down = NONE;
        try {
            do {
                boolean last = stayingDown;
                int next = last ? 0 : scheduled((long) elapsed.millis());
                if (next != NONE && next != down) {
                    begun.incrementAndGet();
                }
                down = next;
                observeAll(down);
                if (last) {
                    confirmed.countDown();
                }
            } while (!stopped.await(
                    Math.min(BETWEEN_OBSERVATIONS_MILLIS, outageEveryMillis / 4), TimeUnit.MILLISECONDS));
        } catch (Exception e) {
            failure.set(e);
            confirmed.countDown();
            confirmed.countDown();
        }
    }

    /** The group that is down at this time: none in the first half of each turn. */
    private int scheduled(long millis) {
        return millis % outageEveryMillis < outageEveryMillis / 2
                ? NONE
                : (int) (millis / outageEveryMillis % groups.size());
    }

    private void observeAll(int down) throws Exception {
        for (int i = 0; i < groups.size(); i++) {
            observed.addAll(estate.observe(groups.get(i), i == down ? SystemStatus.DOWN : SystemStatus.UP));
        }
    }

    @Override
    public void close() {
        stopped.countDown();
        estate.close();
    }
}
