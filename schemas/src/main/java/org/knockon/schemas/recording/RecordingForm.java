package org.knockon.schemas.recording;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.knockon.avro.RecordingEnd;
import org.knockon.avro.RecordingEntry;
import org.knockon.avro.RecordingHeader;
import org.knockon.avro.RecordingManifest;
import org.knockon.avro.RecordingPartition;
import org.knockon.avro.RecordingSchema;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.reading.ReadableRange;
import org.knockon.schemas.wire.GeneratedClasses;

/** The records of the file, and their plain forms. */
final class RecordingForm {

    /** Metadata of the file; its value is the version of the form. */
    static final String KEY = "knockon.recording";

    static final String VERSION = "1";

    static final Schema UNION = Schema.createUnion(
            RecordingManifest.getClassSchema(),
            RecordingSchema.getClassSchema(),
            RecordingEntry.getClassSchema(),
            RecordingEnd.getClassSchema());

    static final SpecificData DATA = new SpecificData(RecordingForm.class.getClassLoader());

    static {
        GeneratedClasses.trust();
        DATA.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    }

    private RecordingForm() {}

    static RecordingManifest toAvro(Manifest manifest) {
        return new RecordingManifest(
                manifest.id(),
                manifest.program(),
                manifest.recordedAt(),
                manifest.prefix(),
                manifest.from().orElse(null),
                manifest.until().orElse(null),
                manifest.partitions().stream()
                        .map(range -> new RecordingPartition(
                                range.partition().topic(), range.partition().partition(), range.begin(), range.end()))
                        .toList());
    }

    static Manifest fromAvro(RecordingManifest manifest) {
        return new Manifest(
                manifest.getId(),
                manifest.getProgram(),
                manifest.getRecordedAt(),
                manifest.getPrefix(),
                Optional.ofNullable(manifest.getFrom()),
                Optional.ofNullable(manifest.getUntil()),
                manifest.getPartitions().stream()
                        .map(one -> new ReadableRange(
                                new TopicPartition(one.getTopic(), one.getPartition()), one.getBegin(), one.getEnd()))
                        .toList());
    }

    static RecordingEntry toAvro(RecordedRecord record) {
        List<RecordingHeader> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(new RecordingHeader(header.key(), buffer(header.value())));
        }
        return new RecordingEntry(
                record.topic().shortName(),
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                buffer(record.key()),
                buffer(record.value()),
                headers);
    }

    /** Empty for a topic that this version does not replay. */
    static Optional<RecordedRecord> fromAvro(RecordingEntry entry) {
        return inputs().filter(topic -> topic.shortName().equals(entry.getTopic()))
                .findFirst()
                .map(topic -> {
                    Headers headers = new RecordHeaders();
                    entry.getHeaders().forEach(one -> headers.add(one.getName(), bytes(one.getValue())));
                    return new RecordedRecord(
                            topic,
                            entry.getPartition(),
                            entry.getOffset(),
                            entry.getTimestamp().toEpochMilli(),
                            bytes(entry.getKey()),
                            bytes(entry.getValue()),
                            headers);
                });
    }

    private static Stream<Topic<?>> inputs() {
        return Stream.of(Topics.SYSTEMS, Topics.CARE_SERVICES, Topics.SYSTEM_HEALTH, Topics.APPOINTMENTS);
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
