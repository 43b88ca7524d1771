package org.knockon.benchmarks.programs;

import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.schemas.Topics;
import org.knockon.schemas.serde.KnockonSerdes;


import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What one would write first: booked appointments and open outages as tables, joined by a foreign key, counted by service and in all.
 * Tuned: compact values instead of Avro in the stores, what is not booked dropped at the door, the sum of all taken from the services'
 * counts, and caches where a hundred thousand changes fold into a few (the counts), not where every key differs (the tables).
 *
 * <p>It does less than Knock-on: one outage a service, arrival order instead of versions, nothing known or presumed.
 */
public final class DslJoin {

    /** Records of the peers' outages: key serviceId, value start and end in epoch milliseconds, 8 bytes each; a tombstone ends it. */
    public static final String OUTAGES = "peers.outages";

    /** Cell of the sum of all services. */
    public static final String ALL = "ALL";

    /** Bytes of record cache for all threads. */
    public static final long CACHE_BYTES = 64L << 20;

    private DslJoin() {}

    /**
     * @param joined counts the appointment events that have reached the outages' side of the join; the events of {@link
     *     org.knockon.benchmarks.harness.OneDataCentre} each do so once
     * @param counts topic of the results: key serviceId or {@link #ALL}, value a long
     */
    static Topology topology(String prefix, KnockonSerdes serdes, LongAdder joined, String counts) {
        StreamsBuilder builder = new StreamsBuilder();
        KTable<String, Slot> booked = builder.stream(
                        Topics.APPOINTMENTS.name(prefix),
                        Consumed.with(Serdes.String(), serdes.value(Topics.APPOINTMENTS)))
                .mapValues(Slot::ofBooked)
                .toTable(DslJoin.<Slot>store("booked", Slot.SERDE).withCachingDisabled());
        KTable<String, Span> outages = builder.table(
                prefix + OUTAGES,
                Consumed.with(counting(joined), Span.SERDE),
                DslJoin.<Span>store("outages", Span.SERDE).withCachingDisabled());
        // A null out of the joiner is a deletion, so no filter needs to follow.
        KTable<String, String> hit = booked.join(
                outages,
                Slot::service,
                (slot, outage) -> slot.span().overlaps(outage) ? slot.service() : null,
                DslJoin.<String>store("hit", Serdes.String()).withCachingDisabled());
        KTable<String, Long> byService = hit.groupBy(
                        (id, service) -> KeyValue.pair(service, true),
                        Grouped.with("by-service", Serdes.String(), Serdes.Boolean()))
                .count(DslJoin.<Long>store("by-service", Serdes.Long()).withCachingEnabled());
        KTable<String, Long> all = byService
                .groupBy(
                        (service, count) -> KeyValue.pair(ALL, count),
                        Grouped.with("all", Serdes.String(), Serdes.Long()))
                .aggregate(
                        () -> 0L,
                        (key, count, sum) -> sum + count,
                        (key, count, sum) -> sum - count,
                        DslJoin.<Long>store("all", Serdes.Long()).withCachingEnabled());
        byService.toStream().to(counts, Produced.with(Serdes.String(), Serdes.Long()));
        all.toStream().to(counts, Produced.with(Serdes.String(), Serdes.Long()));
        return builder.build();
    }

    /** Only a deserializer sees how far the join itself has come: its topic of subscriptions is keyed as the outages are. */
    private static Serde<String> counting(LongAdder joined) {
        Serde<String> keys = Serdes.String();
        return Serdes.serdeFrom(keys.serializer(), (topic, bytes) -> {
            if (topic.contains("SUBSCRIPTION-REGISTRATION")) {
                joined.increment();
            }
            return keys.deserializer().deserialize(topic, bytes);
        });
    }

    private static <V> Materialized<String, V, KeyValueStore<Bytes, byte[]>> store(String name, Serde<V> values) {
        return Materialized.<String, V, KeyValueStore<Bytes, byte[]>>as(name)
                .withKeySerde(Serdes.String())
                .withValueSerde(values);
    }

    /** A stretch of time, epoch milliseconds. */
    private record Span(long start, long end) {

        static final int BYTES = 2 * Long.BYTES;
        static final Serde<Span> SERDE =
                serde(span -> span.write(ByteBuffer.allocate(BYTES)).array(), bytes -> read(ByteBuffer.wrap(bytes)));

        boolean overlaps(Span other) {
            return start < other.end && other.start < end;
        }

        ByteBuffer write(ByteBuffer bytes) {
            return bytes.putLong(start).putLong(end);
        }

        static Span read(ByteBuffer bytes) {
            return new Span(bytes.getLong(), bytes.getLong());
        }
    }

    /** What the join needs of a booked appointment. */
    private record Slot(String service, Span span) {

        static final Serde<Slot> SERDE = serde(Slot::bytes, Slot::read);

        /** Null, which deletes, of one that is not booked. */
        static Slot ofBooked(AppointmentVersion version) {
            return version.status() == AppointmentStatus.BOOKED
                    ? new Slot(version.serviceId(), new Span(version.slotStart(), version.slotEnd()))
                    : null;
        }

        private byte[] bytes() {
            byte[] name = service.getBytes(StandardCharsets.UTF_8);
            return span.write(ByteBuffer.allocate(Span.BYTES + name.length))
                    .put(name)
                    .array();
        }

        private static Slot read(byte[] bytes) {
            Span span = Span.read(ByteBuffer.wrap(bytes));
            return new Slot(new String(bytes, Span.BYTES, bytes.length - Span.BYTES, StandardCharsets.UTF_8), span);
        }
    }

    private interface Writing<V> {
        byte[] of(V value);
    }

    private interface Reading<V> {
        V of(byte[] bytes);
    }

    private static <V> Serde<V> serde(Writing<V> writing, Reading<V> reading) {
        Serializer<V> serializer = (topic, value) -> value == null ? null : writing.of(value);
        Deserializer<V> deserializer = (topic, bytes) -> bytes == null ? null : reading.of(bytes);
        return Serdes.serdeFrom(serializer, deserializer);
    }
}
