package org.knockon.benchmarks.peers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.knockon.benchmarks.harness.ChildJvm;
import org.knockon.benchmarks.harness.Estate;
import org.knockon.benchmarks.harness.GroupOffsets;
import org.knockon.benchmarks.harness.OneDataCentre;
import org.knockon.benchmarks.harness.Spread;
import org.knockon.benchmarks.harness.Testbed;
import org.knockon.benchmarks.programs.Competitor;
import org.knockon.benchmarks.programs.PeerOutages;
import org.knockon.benchmarks.programs.PublishedCounts;
import org.knockon.impact.model.SystemStatus;
import org.knockon.schemas.Topics;
import org.knockon.schemas.serde.KnockonSerdes;

/**
 * Takes everything down and brings it back, several times, with one program that has processed the appointments. The time runs from the
 * broker's acknowledgement of the record that confirms the outage (for peers: of their last outage record) to exact counts in front of
 * a committed reader in this JVM. Between outages everything becomes idle: Knock-on still writes an impact for each appointment when
 * its counts are exact.
 */
final class OutageRun {

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration IDLE = Duration.ofSeconds(3);

    /** Between the two observations of an outage: longer than Knock-on's timers, and out of step with them. */
    private static final long PAUSE_MILLIS = 500;

    private static final int JITTER_MILLIS = 400;

    /** So many end before the first slot: see {@link OneDataCentre}. */
    static final int MOST_OUTAGES = 6;

    /**
     * @param firstMillis of the first outage in the life of the JVM
     * @param laterMillis of the others; at least one
     * @param records published counts that a committed reader saw in the last outage, until everything was idle
     */
    record Times(double firstMillis, List<Double> laterMillis, long records) {
        Times {
            laterMillis = List.copyOf(laterMillis);
        }

        double laterMedian() {
            return Spread.of(laterMillis, Double::doubleValue).median();
        }
    }

    private final Testbed testbed;
    private final String prefix;
    private final Estate estate;
    private final Map<String, Long> expected;
    private final int appointments;
    private final Random random;

    OutageRun(Testbed testbed, String prefix, Estate estate, int appointments, long seed) {
        this.testbed = testbed;
        this.prefix = prefix;
        this.estate = estate;
        this.appointments = appointments;
        expected = OneDataCentre.booked(appointments);
        random = new Random(seed);
    }

    /** @param times how often everything goes down, 2 to {@link #MOST_OUTAGES} */
    Times of(Competitor competitor, int times, int checkpointMillis) throws Exception {
        boolean knockon = competitor == Competitor.KNOCKON;
        Map<String, Object> client = testbed.client();
        String group = competitor.group(prefix);
        Process program = competitor.serve(testbed.sandbox(), prefix, checkpointMillis);
        try (KnockonSerdes serdes = new KnockonSerdes(client);
                PeerOutages outages = new PeerOutages(competitor.outages(prefix), client);
                GroupOffsets read = new GroupOffsets(client, group, Topics.APPOINTMENTS.name(prefix));
                GroupOffsets written = new GroupOffsets(client, group, Topics.CARE_IMPACTS.name(prefix));
                AtRiskImpacts impacts = new AtRiskImpacts(prefix, client, serdes);
                PublishedCounts counts = knockon
                        ? PublishedCounts.ofKnockon(prefix, client, serdes)
                        : PublishedCounts.ofPeer(competitor.counts(prefix), client)) {
            List<Double> millis = new ArrayList<>();
            long records = 0;
            for (int outage = 0; outage < times; outage++) {
                awaitIdle(read, written, program);
                impacts.skip();
                long before = counts.records();
                long began = takeDown(knockon, outages);
                millis.add((counts.await(expected, program::isAlive, LONGEST) - began) / 1e6);
                awaitIdle(read, written, program);
                counts.require(expected);
                records = counts.records() - before;
                if (knockon) {
                    impacts.require(appointments);
                    estate.bringBack(OneDataCentre.ALL);
                } else {
                    outages.end();
                }
                counts.await(Map.of(), program::isAlive, LONGEST);
            }
            return new Times(millis.get(0), millis.subList(1, times), records);
        } finally {
            ChildJvm.stop(program);
        }
    }

    /** @return when the broker had acknowledged everything */
    private long takeDown(boolean knockon, PeerOutages outages) throws Exception {
        if (knockon) {
            estate.observe(OneDataCentre.ALL, SystemStatus.DOWN);
            // The confirming observation must not meet the work that the first one causes.
            Thread.sleep(PAUSE_MILLIS + random.nextInt(JITTER_MILLIS));
            estate.observe(OneDataCentre.ALL, SystemStatus.DOWN);
        } else {
            outages.begin();
        }
        return System.nanoTime();
    }

    /** Returns once all appointments are processed and nothing was committed or written for a while. */
    private static void awaitIdle(GroupOffsets read, GroupOffsets written, Process program) throws Exception {
        List<Object> last = List.of();
        long since = System.nanoTime();
        while (!read.isCommitted() || System.nanoTime() - since < IDLE.toNanos()) {
            if (!program.isAlive()) {
                throw new IllegalStateException("the program exited by itself");
            }
            Thread.sleep(100);
            List<Object> now = List.of(read.committed(), written.ends());
            if (!now.equals(last)) {
                last = now;
                since = System.nanoTime();
            }
        }
    }
}
