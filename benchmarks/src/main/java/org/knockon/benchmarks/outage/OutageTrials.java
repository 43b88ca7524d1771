package org.knockon.benchmarks.outage;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.knockon.benchmarks.harness.CountsReader;
import org.knockon.benchmarks.harness.Elapsed;
import org.knockon.benchmarks.harness.Estate;
import org.knockon.benchmarks.harness.ExpectedCounts;
import org.knockon.benchmarks.harness.LocalApp;
import org.knockon.benchmarks.harness.Results;
import org.knockon.benchmarks.harness.ServiceGroup;
import org.knockon.benchmarks.harness.Spread;
import org.knockon.impact.model.SystemStatus;
import org.knockon.schemas.Topics;

/** Makes outages one after another. Each begins and ends while the app is idle. */
final class OutageTrials {

    private static final long PARTITIONS = 4;
    /** Between records of one outage and records of the next: longer than the app's timers. */
    private static final long PAUSE_MILLIS = 500;
    /** Keeps the outages out of step with the app's timers. */
    private static final int JITTER_MILLIS = 400;

    private final Estate estate;
    private final LocalApp app;
    private final CountsReader counts;
    private final WrittenRecords written;
    private final Random random;

    /**
     * @param millis from the acknowledgement to the exact counts
     * @param written by the app in that time
     * @param hops milliseconds of each step; empty if not timed
     */
    record Trial(double millis, WrittenRecords.Count written, Map<String, Double> hops) {}

    OutageTrials(Estate estate, LocalApp app, CountsReader counts, WrittenRecords written, Random random) {
        this.estate = estate;
        this.app = app;
        this.counts = counts;
        this.written = written;
        this.random = random;
    }

    /** @param hops null if they are not to be timed */
    Trial run(ServiceGroup group, int hit, HopTimer hops) throws Exception {
        written.next();
        if (hops != null) {
            hops.restart();
        }
        estate.observe(group, SystemStatus.DOWN);
        pause();
        estate.observe(group, SystemStatus.DOWN);
        Elapsed elapsed = new Elapsed();
        new ExpectedCounts(hit, 0).await(counts);
        double millis = elapsed.millis();
        awaitIdle();
        Map<String, Double> steps = hops == null ? Map.of() : hops.since(elapsed.began());
        WrittenRecords.Count count = written.next();
        if (count.of(Topics.CARE_IMPACTS) != hit || count.of(Topics.OUTAGES) != 1) {
            throw new IllegalStateException("the records are wrong, so this run does not count: one outage that hits "
                    + hit + " appointments wrote " + count.records());
        }
        estate.bringBack(group);
        ExpectedCounts.NOTHING.await(counts);
        awaitIdle();
        return new Trial(millis, count, steps);
    }

    /** Returns once no work is left and what was done is committed. */
    private void awaitIdle() throws InterruptedException {
        do {
            pause();
        } while (app.streams().activity().pending() > 0);
        pause();
    }

    private void pause() throws InterruptedException {
        Thread.sleep(PAUSE_MILLIS + random.nextInt(JITTER_MILLIS));
    }

    /** Reports the records of an outage, and the goal: one for each cell and partition, and one for each appointment that changed. */
    static void reportRecords(String name, int hit, List<Trial> trials, Results results) {
        TreeSet<String> topics = new TreeSet<>();
        trials.forEach(trial -> topics.addAll(trial.written().records().keySet()));
        for (String topic : topics) {
            results.figure(
                    name + "to " + topic + ": records",
                    Spread.of(trials, trial -> trial.written().records().getOrDefault(topic, 0L)));
        }
        results.figure(
                name + "ends of transactions: offsets",
                Spread.of(trials, trial -> trial.written().markers()));
        results.figure(
                name + "touched: cells",
                Spread.of(trials, trial -> trial.written().cells()));
        results.figure(
                name + "all but changelogs: records",
                Spread.of(trials, trial -> trial.written().withoutChangelogs()));
        results.figure(
                name + "goal (cells x partitions + appointments changed): records",
                Spread.of(trials, trial -> trial.written().cells() * PARTITIONS + hit));
    }
}
