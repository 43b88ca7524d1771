package org.knockon.benchmarks.peers;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.knockon.benchmarks.Trust;
import org.knockon.benchmarks.throughput.Offsets;
import org.knockon.impact.model.SystemStatus;
import org.knockon.sandbox.Sandbox;
import org.knockon.schemas.KnockonSerdes;
import org.knockon.schemas.Topics;

/**
 * Takes everything down, brings it back, and takes it down again, beside one program that has taken in the appointments. The time is
 * from the broker's answer to the record that confirms the outage (of the peers: to the last record of their outages) to the exact
 * counts in front of a committed reader in this JVM.
 */
final class OutageRun {

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration REST = Duration.ofSeconds(3);

    /**
     * @param firstMillis of the first outage of the JVM's life
     * @param secondMillis of the second, the program having seen one
     * @param records published counts a committed reader saw in the second
     */
    record Times(double firstMillis, double secondMillis, long records) {}

    private final Sandbox sandbox;
    private final String prefix;
    private final Map<String, Object> client;
    private final Trust trust;
    private final List<String> services;
    private final int appointments;

    OutageRun(
            Sandbox sandbox,
            String prefix,
            Map<String, Object> client,
            Trust trust,
            List<String> services,
            int appointments) {
        this.sandbox = sandbox;
        this.prefix = prefix;
        this.client = client;
        this.trust = trust;
        this.services = services;
        this.appointments = appointments;
    }

    Times of(Contestant contestant, int checkpointMillis) throws Exception {
        Process program = contestant.serve(sandbox, prefix, checkpointMillis);
        try (KnockonSerdes serdes = new KnockonSerdes(client);
                PeerOutages outages = new PeerOutages(contestant.outages(prefix), client, services);
                Offsets offsets = new Offsets(client, contestant.group(prefix), Topics.APPOINTMENTS.name(prefix));
                CommittedCounts counts = contestant == Contestant.KNOCKON
                        ? CommittedCounts.ofKnockon(prefix, client, serdes)
                        : CommittedCounts.ofPeer(contestant.counts(prefix), client)) {
            boolean knockon = contestant == Contestant.KNOCKON;
            awaitRest(offsets, program);
            counts.await(Map.of(), program, LONGEST);
            double first = down(program, counts, knockon, outages, 1);
            up(knockon, outages);
            counts.await(Map.of(), program, LONGEST);
            awaitRest(offsets, program);
            long before = counts.records();
            double second = down(program, counts, knockon, outages, 30);
            long records = counts.records() - before;
            return new Times(first, second, records);
        } finally {
            program.getOutputStream().close();
            if (!program.waitFor(1, TimeUnit.MINUTES)) {
                program.destroyForcibly().waitFor();
            }
        }
    }

    private double down(Process program, CommittedCounts counts, boolean knockon, PeerOutages outages, int minute)
            throws Exception {
        if (knockon) {
            trust.observe(SystemStatus.DOWN, Trust.OPENS + minute * Trust.MINUTE);
            trust.observe(SystemStatus.DOWN, Trust.OPENS + (minute + 4) * Trust.MINUTE);
        } else {
            outages.begin();
        }
        long began = System.nanoTime();
        return (counts.await(Expected.counts(appointments, services), program, LONGEST) - began) / 1e6;
    }

    private void up(boolean knockon, PeerOutages outages) throws Exception {
        if (knockon) {
            trust.observe(SystemStatus.UP, Trust.OPENS + 10 * Trust.MINUTE);
            trust.observe(SystemStatus.UP, Trust.OPENS + 20 * Trust.MINUTE);
        } else {
            outages.end();
        }
    }

    /** Until all appointments have been taken in, and nothing has been committed for a while. */
    private static void awaitRest(Offsets offsets, Process program) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> last = Map.of();
        long since = System.nanoTime();
        while (!offsets.committed() || System.nanoTime() - since < REST.toNanos()) {
            if (!program.isAlive()) {
                throw new IllegalStateException("the program ended by itself");
            }
            Thread.sleep(100);
            Map<TopicPartition, OffsetAndMetadata> now = offsets.now();
            if (!now.equals(last)) {
                last = now;
                since = System.nanoTime();
            }
        }
    }
}
