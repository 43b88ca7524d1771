package org.knockon.producers.recording;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Observation;
import org.knockon.producers.source.ReplayEvent;
import org.knockon.producers.source.ReplaySource;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.recording.Manifest;
import org.knockon.schemas.recording.RecordedRecord;
import org.knockon.schemas.recording.RecordedSchemas;
import org.knockon.schemas.recording.RecordedValues;
import org.knockon.schemas.recording.RecordingException;
import org.knockon.schemas.recording.RecordingReader;

/**
 * The records of a recording in the order of the file, which is that of {@code knockon record}: the catalogue, then all
 * others by their timestamps, each partition in its own order. A record that comes after newer ones is due at once, as
 * it was late when it was recorded.
 *
 * <p>Opening it reads the whole file once. After that, only the catalogue is in memory.
 */
public final class Recording implements ReplaySource {

    private final Path file;
    private final Manifest manifest;
    private final RecordingScan scan;
    private final RecordedSchemas schemas;
    private final boolean complete;

    private Recording(Path file, RecordingReader read, RecordingScan scan) {
        this.file = file;
        this.scan = scan;
        manifest = read.manifest();
        schemas = read.schemas();
        complete = read.complete();
    }

    /** @throws RecordingException if the file cannot be read, is not a recording, or has no records */
    public static Recording open(Path file) {
        try (RecordingReader reader = RecordingReader.open(file)) {
            RecordingScan scan = new RecordingScan(new RecordedValues(reader.schemas()));
            for (Optional<RecordedRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
                scan.add(next.get());
            }
            if (scan.size() == scan.catalogueSize()) {
                throw new RecordingException(
                        file + " holds no observations and no appointments, so nothing can be replayed");
            }
            return new Recording(file, reader, scan);
        }
    }

    public Manifest manifest() {
        return manifest;
    }

    /** Whether the recording reached its planned end; false if it was interrupted or the file was cut. */
    public boolean complete() {
        return complete;
    }

    @Override
    public String version() {
        return "recording:" + manifest.id();
    }

    @Override
    public boolean shifted() {
        return false;
    }

    @Override
    public long from() {
        return scan.from();
    }

    @Override
    public long to() {
        return scan.to();
    }

    @Override
    public long size() {
        return scan.size();
    }

    @Override
    public long catalogueSize() {
        return scan.catalogueSize();
    }

    @Override
    public Collection<MonitoredSystem> systems() {
        return scan.systems();
    }

    @Override
    public Collection<CareService> services() {
        return scan.services();
    }

    @Override
    public Optional<RecordedSchemas> schemas() {
        return Optional.of(schemas);
    }

    @Override
    public Stream<ReplayEvent> stream() {
        RecordingReader reader = RecordingReader.open(file);
        Spliterator<ReplayEvent> events =
                Spliterators.spliterator(new Events(reader), size(), Spliterator.ORDERED | Spliterator.NONNULL);
        return StreamSupport.stream(events, false).onClose(reader::close);
    }

    @Override
    public Stream<Observation> observations() {
        return accepted(Topics.SYSTEM_HEALTH).stream();
    }

    @Override
    public Stream<AppointmentVersion> versions() {
        return accepted(Topics.APPOINTMENTS).stream();
    }

    private <V> List<V> accepted(Topic<V> topic) {
        List<V> values = new ArrayList<>();
        RecordedValues decoding = new RecordedValues(schemas);
        try (RecordingReader reader = RecordingReader.open(file)) {
            for (Optional<RecordedRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
                if (next.get().topic() == topic) {
                    decoding.accepted(next.get())
                            .map(one -> topic.valueType().cast(one.value()))
                            .ifPresent(values::add);
                }
            }
        }
        return values;
    }

    private final class Events implements Iterator<ReplayEvent> {

        private final RecordingReader reader;
        private long order;
        private long reached = Long.MIN_VALUE;

        Events(RecordingReader reader) {
            this.reader = reader;
        }

        @Override
        public boolean hasNext() {
            return order < size();
        }

        @Override
        public ReplayEvent next() {
            RecordedRecord record = reader.next()
                    .orElseThrow(() -> new RecordingException(file + " has become shorter since the replay started"));
            // The catalogue may be much younger than the events, and is needed before all of them.
            long time = order < catalogueSize()
                    ? from()
                    : RecordingScan.time(record).orElse(reached);
            reached = Math.max(reached, time);
            String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
            return new ReplayEvent(Math.max(time, 0), reached, order++, record.topic(), key, record);
        }
    }
}
