package org.knockon.benchmarks.soak;

import org.knockon.benchmarks.harness.Estate;
import org.knockon.benchmarks.harness.ServiceGroup;
import org.knockon.benchmarks.harness.Timetable;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Observes every system every few seconds, and takes one group after the other down for a while. A thread of its own. */
final class OutageSchedule implements AutoCloseable {

    private static final long BETWEEN_OBSERVATIONS_MILLIS = 10_000;

    private final Estate estate;
    private final List<ServiceGroup> groups;
    private final long outageEveryMillis;
    private final List<Observation> observed = new ArrayList<>();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::run, "soak-weather");
    private final CountDownLatch confirmed = new CountDownLatch(2);
    private final AtomicInteger outages = new AtomicInteger();
    private volatile boolean bad;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** @param outageEveryMillis time from one outage to the next; each lasts half of it */
    OutageSchedule(String prefix, Map<String, Object> client, Timetable day, List<ServiceGroup> groups, long outageEveryMillis) {
        estate = new Estate(prefix, client, day);
        this.groups = groups;
        this.outageEveryMillis = outageEveryMillis;
    }

    /** Writes the catalogue and a first observation of each system, then goes on by itself. */
    void begin() throws Exception {
        estate.open(groups);
        observeAll(-1);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * No more outages come and go; the first group goes down and stays so. Returns once it has been observed down for the second time.
     * Observations go on: were they to fall silent, the wall clock would take over and the app would never come to rest.
     */
    void stayBad() throws InterruptedException {
        bad = true;
        confirmed.await();
        requireNoFailure();
    }

    /**
     * Ends the observations.
     *
     * @return all that were written but for those of {@link Estate#open}, which are the first of their systems and UP
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
    int outages() {
        return outages.get();
    }

    Estate estate() {
        return estate;
    }

    private void run() {
        long began = System.nanoTime();
        int down = -1;
        try {
            do {
                long millis = (System.nanoTime() - began) / 1_000_000;
                int turn = (int) (millis / outageEveryMillis);
                int wanted = millis % outageEveryMillis < outageEveryMillis / 2 ? -1 : turn % groups.size();
                boolean last = bad;
                wanted = last ? 0 : wanted;
                if (wanted >= 0 && wanted != down) {
                    outages.incrementAndGet();
                }
                down = wanted;
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
