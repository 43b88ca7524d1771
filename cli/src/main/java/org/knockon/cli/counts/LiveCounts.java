package org.knockon.cli.counts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.schemas.CellCounts;
import org.knockon.schemas.Topics;
import org.knockon.schemas.reading.CommittedReader;
import org.knockon.schemas.serde.KnockonSerdes;

/** Follows impact-counts and outages with its own consumer, and so shows what any consumer would see. */
public final class LiveCounts implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final long CLOSE_TIMEOUT_MILLIS = 5_000;

    /**
     * The counts of the whole trust.
     *
     * @param asOf event time of the last change, epoch milliseconds; {@link Long#MIN_VALUE} before the first count
     * @param openOutages number of outages that are confirmed and still open
     * @param outages number of outages so far
     * @param changes number of records read
     */
    public record Snapshot(ImpactCounts counts, long asOf, int openOutages, int outages, long changes) {}

    private final CommittedReader reader;
    private final KnockonSerdes serdes;
    private final String countsTopic;
    private final String outagesTopic;
    private final Deserializer<CellCounts> countsOf;
    private final Deserializer<PublishedOutage> outageOf;
    private final Map<TopicPartition, Long> endsAtStart;
    private final Thread thread = new Thread(this::follow, "knockon-live-counts");
    private final Set<String> outages = new HashSet<>();
    private final Set<String> open = new HashSet<>();
    private ImpactCounts counts = ImpactCounts.ZERO;
    private long asOf = Long.MIN_VALUE;
    private long changes;
    private volatile Snapshot snapshot = new Snapshot(ImpactCounts.ZERO, Long.MIN_VALUE, 0, 0, 0);
    private volatile boolean caughtUp;
    private volatile boolean closed;
    private volatile RuntimeException failure;

    private LiveCounts(Map<String, Object> client, String prefix) {
        countsTopic = Topics.IMPACT_COUNTS.name(prefix);
        outagesTopic = Topics.OUTAGES.name(prefix);
        serdes = new KnockonSerdes(client);
        countsOf = serdes.value(Topics.IMPACT_COUNTS).deserializer();
        outageOf = serdes.value(Topics.OUTAGES).deserializer();
        reader = new CommittedReader(client, List.of(countsTopic, outagesTopic));
        endsAtStart = reader.ends();
        thread.setDaemon(true);
    }

    /** Starts following; the topics must exist. */
    public static LiveCounts follow(Map<String, Object> client, String prefix) {
        LiveCounts counts = new LiveCounts(client, prefix);
        counts.thread.start();
        return counts;
    }

    /** Returns the current counts. */
    public Snapshot snapshot() {
        RuntimeException failed = failure;
        if (failed != null) {
            throw failed;
        }
        return snapshot;
    }

    /** Whether all records that existed at the start have been read. */
    public boolean caughtUp() {
        return caughtUp;
    }

    private void follow() {
        try {
            while (!closed) {
                reader.poll(POLL).forEach(this::accept);
                snapshot = new Snapshot(counts, asOf, open.size(), outages.size(), changes);
                caughtUp = caughtUp || reader.reached(endsAtStart);
            }
        } catch (WakeupException closing) {
            caughtUp = true;
        } catch (RuntimeException e) {
            // snapshot() rethrows this: otherwise the counts would freeze and still look live.
            failure = e;
        } finally {
            reader.close();
            serdes.close();
        }
    }

    private void accept(ConsumerRecord<byte[], byte[]> record) {
        changes++;
        String key = new String(record.key(), UTF_8);
        if (record.topic().equals(outagesTopic)) {
            PublishedOutage outage = outageOf.deserialize(outagesTopic, record.value());
            set(outages, key, outage != null);
            set(open, key, outage != null && outage.outage().open());
        } else if (key.equals(Cell.ALL.key())) {
            // Ignore the other cells: they are many, and no one reads them here.
            CellCounts all = countsOf.deserialize(countsTopic, record.value());
            counts = all == null ? ImpactCounts.ZERO : all.counts();
            asOf = all == null ? asOf : Math.max(asOf, all.asOf());
        } else {
            asOf = Math.max(asOf, record.timestamp());
        }
    }

    private static void set(Set<String> keys, String key, boolean present) {
        if (present) {
            keys.add(key);
        } else {
            keys.remove(key);
        }
    }

    @Override
    public void close() {
        closed = true;
        reader.wakeup();
        try {
            thread.join(CLOSE_TIMEOUT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
