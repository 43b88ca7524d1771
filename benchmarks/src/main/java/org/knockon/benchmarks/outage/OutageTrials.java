package org.knockon.benchmarks.outage;

import org.knockon.benchmarks.harness.CountsReader;
import org.knockon.benchmarks.harness.Estate;
import org.knockon.benchmarks.harness.ExpectedCounts;
import org.knockon.benchmarks.harness.Results;
import org.knockon.benchmarks.harness.ServiceGroup;
import org.knockon.benchmarks.harness.Spread;
import org.knockon.impact.model.SystemStatus;
import org.knockon.schemas.Topics;
import org.knockon.streams.app.KnockonStreams;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/** Makes outages one after another, each begun and ended at rest. */
final class OutageTrials {

    static final Duration LONGEST = Duration.ofMinutes(15);

    private static final long PARTITIONS = 4;
    /** Between what concerns one outage and what concerns the next; longer than the app's timers. */
    private static final long PAUSE_MILLIS = 500;
    /** Of the pauses, lest the outages fall into step with the app's timers. */
    private static final int JITTER_MILLIS = 400;

    private final Estate estate;
    private final KnockonStreams app;
    private final CountsReader counts;
    private final WrittenRecords ledger;
    private final Random random;

    /**
     * @param millis from the acknowledgement to the exact counts
     * @param page what the app wrote meanwhile
     * @param steps of the hops; empty when they were not timed
     */
    record Seen(double millis, WrittenRecords.Page page, Map<String, Double> steps) {}

    OutageTrials(Estate estate, KnockonStreams app, CountsReader counts, WrittenRecords ledger, Random random) {
        this.estate = estate;
        this.app = app;
        this.counts = counts;
        this.ledger = ledger;
        this.random = random;
    }

    /** @param hops null when they are not to be timed */
    Seen one(ServiceGroup group, int hit, HopTimer hops) throws Exception {
        ledger.turn();
        if (hops != null) {
            hops.begin();
        }
        estate.observe(group, SystemStatus.DOWN);
        pause();
        estate.observe(group, SystemStatus.DOWN);
        long acknowledged = System.nanoTime();
        new ExpectedCounts(hit, 0).await(counts, LONGEST);
        double millis = (System.nanoTime() - acknowledged) / 1e6;
        rest();
        Map<String, Double> steps = hops == null ? Map.of() : hops.since(acknowledged);
        WrittenRecords.Page page = ledger.turn();
        if (page.of(Topics.CARE_IMPACTS) != hit || page.of(Topics.OUTAGES) != 1) {
            throw new IllegalStateException("the records are wrong, so this run does not count: one outage that hits "
                    + hit + " appointments wrote " + page.records());
        }
        estate.bringBack(group);
        ExpectedCounts.NOTHING.await(counts, LONGEST);
        rest();
        return new Seen(millis, page, steps);
    }

    /** No work waits, and what has been done is committed. */
    private void rest() throws InterruptedException {
        do {
            pause();
        } while (app.activity().pending() > 0);
        pause();
    }

    private void pause() throws InterruptedException {
        Thread.sleep(PAUSE_MILLIS + random.nextInt(JITTER_MILLIS));
    }

    /** What an outage cost in records, beside the goal: as many as it has cells and partitions, and one for each appointment it changed. */
    static void records(String name, int hit, List<Seen> seen, Results results) {
        TreeSet<String> topics = new TreeSet<>();
        seen.forEach(one -> topics.addAll(one.page().records().keySet()));
        for (String topic : topics) {
            results.figure(
                    name + "to " + topic + ": records",
                    Spread.of(seen, one -> one.page().records().getOrDefault(topic, 0L)));
        }
        results.figure(
                name + "ends of transactions: offsets",
                Spread.of(seen, one -> one.page().marks()));
        results.figure(
                name + "touched: cells", Spread.of(seen, one -> one.page().cells()));
        results.figure(
                name + "all but changelogs: records",
                Spread.of(seen, one -> one.page().written()));
        results.figure(
                name + "goal (cells x partitions + appointments changed): records",
                Spread.of(seen, one -> one.page().cells() * PARTITIONS + hit));
    }
}
