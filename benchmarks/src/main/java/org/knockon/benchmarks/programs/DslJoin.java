package org.knockon.benchmarks.programs;

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
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Cell;
import org.knockon.schemas.Topics;
import org.knockon.schemas.serde.KnockonSerdes;

/**
 * The obvious solution: booked appointments and open outages as tables, joined by a foreign key, counted by service and in all.
 * Tuned: compact values instead of Avro in the stores; appointments that are not booked dropped on input; the total summed from the
 * counts by service; caches where a hundred thousand changes become a few (the counts), not where every key differs (the tables).
 *
 * <p>It does less than Knock-on: one outage per service, arrival order instead of versions, appointments at risk only.
 */
final class DslJoin {

    /** Topic of the outages: key serviceId, value start and end in epoch milliseconds, 8 bytes each; a tombstone ends one. */
    static final String OUTAGES = "peers.outages";

    /** Size of the record cache of all threads, bytes. */
    static final long CACHE_BYTES = 64L << 20;

    private DslJoin() {}

    /**
     * @param joined counts the appointment events that reach the outages' side of the join; each event of {@link
     *     org.knockon.benchmarks.harness.OneDataCentre} does so once
     * @param counts topic of the results: key serviceId or the key of {@link Cell#ALL}, value a long
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
        // A null from the joiner is a deletion, so no filter is needed.
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
                        (service, count) -> KeyValue.pair(Cell.ALL.key(), count),
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

    /** Only a deserializer sees the progress of the join itself: its topic of subscriptions has the keys of the outages. */
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

    /** A time interval, epoch milliseconds. */
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

    /** The part of a booked appointment that the join needs. */
    private record Slot(String service, Span span) {

        static final Serde<Slot> SERDE = serde(Slot::bytes, Slot::read);

        /** Null, which deletes, if the appointment is not booked. */
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

    private interface Encoder<V> {
        byte[] of(V value);
    }

    private interface Decoder<V> {
        V of(byte[] bytes);
    }

    private static <V> Serde<V> serde(Encoder<V> encoder, Decoder<V> decoder) {
        Serializer<V> serializer = (topic, value) -> value == null ? null : encoder.of(value);
        Deserializer<V> deserializer = (topic, bytes) -> bytes == null ? null : decoder.of(bytes);
        return Serdes.serdeFrom(serializer, deserializer);
    }
}
