package org.knockon.streams;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.limits.EventTimes;
import org.knockon.schemas.limits.InputLimits;
import org.knockon.schemas.limits.Limit;

/** Records at each limit in the table and one step beyond it. */
final class LimitCases {

    /**
     * One record.
     *
     * @param accepted whether it is within all limits
     */
    record Case(Topic<?> topic, String name, byte[] key, byte[] value, long timestamp, boolean accepted) {
        @Override
        public String toString() {
            return topic.shortName() + " " + name;
        }
    }

    /** Records for limits that the table states as sentences; the key is the exact sentence. */
    private static final Map<String, List<Relation>> RELATIONS = Map.of(
            "UNKNOWN is refused.",
            List.of(new Relation(
                    false,
                    (record, time) -> record.put(
                            "status",
                            new GenericData.EnumSymbol(
                                    record.getSchema().getField("status").schema(), "UNKNOWN")))),
            "At most 5 years (1,827 days) from updatedAt.",
            List.of(
                    new Relation(true, (record, time) -> slot(record, time + InputLimits.FARTHEST_SLOT, 0)),
                    new Relation(false, (record, time) -> slot(record, time + InputLimits.FARTHEST_SLOT + 1, 0)),
                    new Relation(true, (record, time) -> slot(record, time - InputLimits.FARTHEST_SLOT, 0)),
                    new Relation(false, (record, time) -> slot(record, time - InputLimits.FARTHEST_SLOT - 1, 0))),
            "Not before slotStart and at most 25 hours after it.",
            List.of(
                    new Relation(true, (record, time) -> slot(record, time, InputLimits.LONGEST_SLOT)),
                    new Relation(false, (record, time) -> slot(record, time, InputLimits.LONGEST_SLOT + 1)),
                    new Relation(false, (record, time) -> slot(record, time, -1))));

    private record Relation(boolean accepted, Change change) {}

    private interface Change {
        void apply(GenericRecord record, long time);
    }

    private final WireRecords wire;
    private final long time;
    private final List<Case> cases = new ArrayList<>();

    /** @param time event time of the records that do not test a time limit, epoch milliseconds */
    LimitCases(WireRecords wire, long time) {
        this.wire = wire;
        this.time = time;
    }

    List<Case> all() {
        for (InputLimits<?> limits : InputLimits.all()) {
            Topic<?> topic = limits.topic();
            limits.fields()
                    .forEach(limit -> ofField(topic, limit instanceof Limit.When<?> when ? when.limit() : limit));
            keys(topic);
            timestamps(topic);
            sizes(topic);
        }
        return cases;
    }

    private void ofField(Topic<?> topic, Limit<?> limit) {
        if (limit instanceof Limit.Text<?> text) {
            texts(topic, text.field(), text.bytes(), text.kind().needsContent());
        } else if (limit instanceof Limit.Texts<?> texts) {
            texts(topic, texts.field(), texts.bytes(), texts.kind().needsContent());
        } else if (limit instanceof Limit.Entries<?> list) {
            add(topic, limit, true, entries(list.field(), list.entries()));
            add(topic, limit, false, entries(list.field(), list.entries() + 1));
        } else if (limit instanceof Limit.Whole<?> whole) {
            add(topic, limit, true, whole.from());
            add(topic, limit, true, whole.to());
            add(topic, limit, false, whole.from() - 1);
            if (whole.to() < Long.MAX_VALUE) {
                add(topic, limit, false, whole.to() + 1);
            }
        } else if (limit instanceof Limit.Decimal<?> decimal) {
            BigDecimal step = BigDecimal.ONE.movePointLeft(decimal.places());
            add(topic, limit, true, decimal.from().toPlainString());
            add(topic, limit, true, decimal.to().toPlainString());
            add(topic, limit, true, decimal.to().subtract(step).toPlainString());
            add(topic, limit, false, decimal.from().subtract(step).toPlainString());
            add(topic, limit, false, decimal.to().add(step).toPlainString());
            add(topic, limit, false, step.movePointLeft(1).toPlainString());
            add(topic, limit, false, "NaN");
        } else if (limit instanceof Limit.Time<?>) {
            times(topic, limit.field());
        } else {
            List<Relation> relations = Objects.requireNonNull(RELATIONS.get(limit.sentence()), limit::sentence);
            for (int i = 0; i < relations.size(); i++) {
                Relation relation = relations.get(i);
                add(topic, limit.field() + " relation " + i, relation.accepted, r -> relation.change.apply(r, time));
            }
        }
    }

    private void texts(Topic<?> topic, String field, int bytes, boolean needsContent) {
        add(topic, field + " at " + bytes, true, record -> WireRecords.set(record, field, text(bytes)));
        add(topic, field + " over " + bytes, false, record -> WireRecords.set(record, field, text(bytes + 1)));
        if (needsContent) {
            add(topic, field + " empty", false, record -> WireRecords.set(record, field, ""));
            add(topic, field + " with NUL", false, record -> WireRecords.set(record, field, "a\0b"));
        }
    }

    /** A text of exactly this many bytes and about half as many characters. */
    private static String text(int bytes) {
        return "é".repeat(bytes / 2) + "x".repeat(bytes % 2);
    }

    private static List<Object> entries(String field, int number) {
        return new ArrayList<>(IntStream.range(0, number)
                .mapToObj(i -> field.equals("requires") ? WireRecords.requirement("s" + i) : (Object) ("s" + i))
                .toList());
    }

    /** Changes related fields too, so that only the limit of this field is exceeded. */
    private void times(Topic<?> topic, String field) {
        for (long at : new long[] {EventTimes.EARLIEST, EventTimes.LATEST}) {
            for (long by : new long[] {0, at == EventTimes.LATEST ? 1 : -1}) {
                add(topic, field + " " + (at + by), by == 0, record -> {
                    if (topic == Topics.APPOINTMENTS) {
                        record.put("updatedAt", at);
                        slot(record, at, 0);
                    }
                    record.put(field, at + by);
                });
            }
        }
        for (long wild : new long[] {Long.MIN_VALUE, Long.MAX_VALUE, -1, 0, time / 1000, time * 1000}) {
            add(topic, field + " " + wild, false, record -> record.put(field, wild));
        }
    }

    private static void slot(GenericRecord record, long start, long length) {
        record.put("slotStart", start);
        record.put("slotEnd", start + length);
    }

    private void add(Topic<?> topic, Limit<?> limit, boolean accepted, Object value) {
        Schema.Type type = value instanceof Long ? type(topic, limit.field()) : null;
        Object fitting = type == Schema.Type.INT ? (Object) ((Long) value).intValue() : value;
        String shown = value instanceof List<?> list ? list.size() + " entries" : String.valueOf(value);
        add(topic, limit.field() + " " + shown, accepted, r -> WireRecords.set(r, limit.field(), fitting));
    }

    /** Among the whole numbers only longestOutageMinutes is an int. */
    private static Schema.Type type(Topic<?> topic, String field) {
        return topic == Topics.SYSTEMS && field.equals("standard.longestOutageMinutes")
                ? Schema.Type.INT
                : Schema.Type.LONG;
    }

    private void add(Topic<?> topic, String name, boolean accepted, Consumer<GenericRecord> change) {
        GenericRecord record = WireRecords.valid(topic, time);
        change.accept(record);
        cases.add(new Case(topic, name, key(topic, record), wire.bytes(topic, record), time, accepted));
    }

    private static byte[] key(Topic<?> topic, GenericRecord record) {
        Object id = topic == Topics.SYSTEM_HEALTH
                ? record.get("systemId")
                : topic == Topics.APPOINTMENTS
                        ? record.get("appointmentId")
                        : topic == Topics.SYSTEMS ? WireRecords.SYSTEM : WireRecords.SERVICE;
        return id.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void keys(Topic<?> topic) {
        byte[] value = wire.bytes(topic, WireRecords.valid(topic, time));
        boolean idOnlyInKey = topic == Topics.SYSTEMS || topic == Topics.CARE_SERVICES;
        if (idOnlyInKey) {
            key(topic, "at 256", text(256).getBytes(StandardCharsets.UTF_8), value, true);
        }
        key(topic, "over 256", text(257).getBytes(StandardCharsets.UTF_8), value, false);
        key(topic, "null", null, value, false);
        key(topic, "empty", new byte[0], value, false);
        key(topic, "blank", " \t".getBytes(StandardCharsets.UTF_8), value, false);
        key(topic, "with NUL", new byte[] {'a', 0}, value, false);
        key(topic, "in Latin-1", new byte[] {'a', (byte) 0xe9}, value, false);
        key(topic, "over 256 on a tombstone", text(257).getBytes(StandardCharsets.UTF_8), null, false);
        if (!idOnlyInKey) {
            key(topic, "other than the id", new byte[] {'a'}, value, false);
        }
    }

    private void key(Topic<?> topic, String name, byte[] key, byte[] value, boolean accepted) {
        cases.add(new Case(topic, "key " + name, key, value, time, accepted));
    }

    private void timestamps(Topic<?> topic) {
        GenericRecord record = WireRecords.valid(topic, time);
        byte[] value = wire.bytes(topic, record);
        for (long good : new long[] {EventTimes.EARLIEST, EventTimes.LATEST}) {
            cases.add(new Case(topic, "timestamp " + good, key(topic, record), value, good, true));
        }
        for (long bad : new long[] {-1, 0, EventTimes.EARLIEST - 1, EventTimes.LATEST + 1, Long.MAX_VALUE}) {
            cases.add(new Case(topic, "timestamp " + bad, key(topic, record), value, bad, false));
            // Records that cannot be decoded take a different path.
            cases.add(new Case(topic, "junk with timestamp " + bad, key(topic, record), new byte[] {9}, bad, false));
        }
    }

    /** A valid value of exactly the largest size. */
    static byte[] largest(WireRecords wire, Topic<?> topic, long time) {
        return padded(wire, topic, WireRecords.valid(topic, time), InputLimits.LARGEST_VALUE);
    }

    /** No valid value of the current schema is this large, so the schema of a later release adds an unknown field. */
    private void sizes(Topic<?> topic) {
        for (int size : new int[] {InputLimits.LARGEST_VALUE, InputLimits.LARGEST_VALUE + 1, 900_000}) {
            GenericRecord plain = WireRecords.valid(topic, time);
            cases.add(new Case(
                    topic,
                    "value of " + size + " bytes",
                    key(topic, plain),
                    padded(wire, topic, plain, size),
                    time,
                    size <= InputLimits.LARGEST_VALUE));
        }
    }

    /** Minus 3, because the padding's length prefix takes three bytes. */
    private static byte[] padded(WireRecords wire, Topic<?> topic, GenericRecord plain, int size) {
        return wire.bytes(topic, padded(plain, size - wire.bytes(topic, plain).length - 3));
    }

    private static GenericRecord padded(GenericRecord plain, int padding) {
        List<Schema.Field> fields = new ArrayList<>();
        for (Schema.Field field : plain.getSchema().getFields()) {
            fields.add(new Schema.Field(field, field.schema()));
        }
        fields.add(new Schema.Field("padding", Schema.create(Schema.Type.STRING), "Padding.", ""));
        Schema old = plain.getSchema();
        Schema schema = Schema.createRecord(old.getName(), old.getDoc(), old.getNamespace(), false, fields);
        GenericRecord padded = new GenericData.Record(schema);
        old.getFields().forEach(field -> padded.put(field.name(), plain.get(field.name())));
        padded.put("padding", "x".repeat(padding));
        return padded;
    }
}
