package org.knockon.benchmarks.peers;

import org.knockon.benchmarks.harness.GroupOffsets;
import org.knockon.benchmarks.harness.OneDataCentre;
import org.knockon.benchmarks.harness.Spread;
import org.knockon.benchmarks.programs.Competitor;
import org.knockon.benchmarks.programs.PeerOutages;
import org.knockon.benchmarks.programs.PublishedCounts;
import org.knockon.impact.model.SystemStatus;
import org.knockon.sandbox.Sandbox;
import org.knockon.schemas.Topics;
import org.knockon.schemas.serde.KnockonSerdes;


import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Takes everything down and brings it back, again and again, beside one program that has taken in the appointments. The time is
 * from the broker's answer to the record that confirms the outage (of the peers: to the last record of their outages) to the exact
 * counts in front of a committed reader in this JVM.
 * In between everything comes to rest: Knock-on still writes an impact for each appointment when the counts stand.
 */
final class OutageRun {

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration REST = Duration.ofSeconds(3);
    /** Of event time, from one outage to the next; all of them before the first slot, an hour after the trust opens. */
    private static final int CYCLE = 10;

    /** Between the two observations of an outage, longer than the timers of Knock-on and out of step with them. */
    private static final long PAUSE_MILLIS = 500;

    private static final int JITTER_MILLIS = 400;

    static final int MOST_OUTAGES = 6;

    /**
     * @param firstMillis of the first outage of the JVM's life
     * @param laterMillis of the others, the program having seen one; not none
     * @param records published counts a committed reader saw in the last until it was at rest
     */
    record Times(double firstMillis, List<Double> laterMillis, long records) {
        Times {
            laterMillis = List.copyOf(laterMillis);
        }

        double laterMedian() {
            return Spread.of(laterMillis, Double::doubleValue).median();
        }
    }

    private final Sandbox sandbox;
    private final String prefix;
    private final Map<String, Object> client;
    private final OneDataCentre trust;
    private final List<String> services;
    private final int appointments;
    private final Random random;

    OutageRun(
            Sandbox sandbox,
            String prefix,
            Map<String, Object> client,
            OneDataCentre trust,
            List<String> services,
            int appointments,
            long seed) {
        this.sandbox = sandbox;
        this.prefix = prefix;
        this.client = client;
        this.trust = trust;
        this.services = services;
        this.appointments = appointments;
        random = new Random(seed);
    }

    /** @param times how often everything goes down, 2 to {@link #MOST_OUTAGES} */
    Times of(Competitor contestant, int times, int checkpointMillis) throws Exception {
        Process program = contestant.serve(sandbox, prefix, checkpointMillis);
        try (KnockonSerdes serdes = new KnockonSerdes(client);
                PeerOutages outages = new PeerOutages(contestant.outages(prefix), client, services);
                GroupOffsets offsets = new GroupOffsets(client, contestant.group(prefix), Topics.APPOINTMENTS.name(prefix));
                GroupOffsets written = new GroupOffsets(client, contestant.group(prefix), Topics.CARE_IMPACTS.name(prefix));
                AtRiskImpacts impacts = new AtRiskImpacts(prefix, client, serdes);
                PublishedCounts counts = contestant == Competitor.KNOCKON
                        ? PublishedCounts.ofKnockon(prefix, client, serdes)
                        : PublishedCounts.ofPeer(contestant.counts(prefix), client)) {
            boolean knockon = contestant == Competitor.KNOCKON;
            Map<String, Long> expected = Expected.counts(appointments, services);
            List<Double> millis = new ArrayList<>();
            long records = 0;
            for (int outage = 0; outage < times; outage++) {
                awaitRest(offsets, written, program);
                impacts.skip();
                long before = counts.records();
                millis.add(down(program, counts, knockon, outages, 1 + outage * CYCLE));
                awaitRest(offsets, written, program);
                counts.require(expected);
                records = counts.records() - before;
                if (knockon) {
                    impacts.require(appointments);
                }
                up(knockon, outages, 1 + outage * CYCLE);
                counts.await(Map.of(), program::isAlive, LONGEST);
            }
            return new Times(millis.get(0), millis.subList(1, times), records);
        } finally {
            program.getOutputStream().close();
            if (!program.waitFor(1, TimeUnit.MINUTES)) {
                program.destroyForcibly().waitFor();
            }
        }
    }

    private double down(Process program, PublishedCounts counts, boolean knockon, PeerOutages outages, int minute)
            throws Exception {
        if (knockon) {
            trust.observe(SystemStatus.DOWN, OneDataCentre.OPENS + minute * OneDataCentre.MINUTE);
            // The confirming one is not to meet what the first one sets going.
            Thread.sleep(PAUSE_MILLIS + random.nextInt(JITTER_MILLIS));
            trust.observe(SystemStatus.DOWN, OneDataCentre.OPENS + (minute + 3) * OneDataCentre.MINUTE);
        } else {
            outages.begin();
        }
        long began = System.nanoTime();
        return (counts.await(Expected.counts(appointments, services), program::isAlive, LONGEST) - began) / 1e6;
    }

    private void up(boolean knockon, PeerOutages outages, int minute) throws Exception {
        if (knockon) {
            trust.observe(SystemStatus.UP, OneDataCentre.OPENS + (minute + 4) * OneDataCentre.MINUTE);
            trust.observe(SystemStatus.UP, OneDataCentre.OPENS + (minute + 9) * OneDataCentre.MINUTE);
        } else {
            outages.end();
        }
    }

    /** Until all appointments have been taken in, and nothing has been committed or written for a while. */
    private static void awaitRest(GroupOffsets offsets, GroupOffsets written, Process program) throws Exception {
        List<Object> last = List.of();
        long since = System.nanoTime();
        while (!offsets.committed() || System.nanoTime() - since < REST.toNanos()) {
            if (!program.isAlive()) {
                throw new IllegalStateException("the program ended by itself");
            }
            Thread.sleep(100);
            List<Object> now = List.of(offsets.now(), written.ends());
            if (!now.equals(last)) {
                last = now;
                since = System.nanoTime();
            }
        }
    }
}
