package org.knockon.feeds.hl7;

import ca.uhn.hl7v2.model.Segment;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.knockon.feeds.message.Flag;
import org.knockon.impact.model.AppointmentVersion;

/** When an appointment begins and ends. */
final class SlotReader {
    private static final long LONGEST = 24 * 60 * 60 * 1000L;

    /** Times of resources are moved by a field of their segment, whose unit is the next field. */
    private static final Map<String, FieldRef> MOVED_BY = Map.of(
            "AIS", FieldRef.parse("AIS-4"),
            "AIL", FieldRef.parse("AIL-6"),
            "AIG", FieldRef.parse("AIG-8"),
            "AIP", FieldRef.parse("AIP-6"));

    private static final List<FieldRef> ENDS = List.of(FieldRef.parse("TQ1-8"), FieldRef.parse("SCH-11.5"));
    private static final FieldRef QUANTITY_LENGTH = FieldRef.parse("SCH-11.3");
    private static final List<String> LENGTHS = List.of("TQ1-8", "SCH-11.5", "SCH-9", "SCH-11.3", "AIS-7");

    private final ZoneId zone;
    private final List<FieldRef> startFrom;
    private final long defaultLength;

    SlotReader(Hl7FeedSettings settings) {
        this.zone = settings.zone();
        this.startFrom = settings.startFrom();
        this.defaultLength = settings.defaultMinutes() * 60_000L;
    }

    /** @param from field with the start, or empty if it is remembered */
    record Slot(long start, long end, Optional<FieldRef> from) {}

    /**
     * The slot, or empty if neither the message nor the appointment so far has one.
     *
     * @param ending whether the message ends the appointment; then the remembered times count even if it empties them
     */
    Optional<Slot> slot(Segments segments, Optional<AppointmentVersion> last, boolean ending, Set<Flag> flags) {
        List<Start> written = startFrom.stream()
                .flatMap(ref -> start(segments, ref, flags).stream())
                .toList();
        if (written.stream().map(Start::time).distinct().count() > 1) {
            flags.add(Flag.TIME_CONFLICT);
        }
        boolean emptied = !ending && startFrom.stream().anyMatch(ref -> segments.emptied(ref.toString()));
        Optional<Start> start = written.stream()
                .findFirst()
                .or(() -> emptied
                        ? Optional.empty()
                        : last.map(version -> new Start(version.slotStart(), Optional.empty())));
        return start.map(
                found -> new Slot(found.time(), end(segments, found.time(), last, ending, flags), found.from()));
    }

    private record Start(long time, Optional<FieldRef> from) {}

    private Optional<Start> start(Segments segments, FieldRef ref, Set<Flag> flags) {
        boolean moved = ref.equals(MOVED_BY.get(ref.segment()));
        for (Segment segment : segments.all(ref.segment())) {
            for (String text : segments.texts(segment, ref.field(), ref.component())) {
                Optional<Long> time = time(text, flags);
                if (time.isPresent()) {
                    long offset =
                            moved ? length(segments, segment, ref.field() + 1).orElse(0L) : 0L;
                    return Optional.of(new Start(time.get() + offset, Optional.of(ref)));
                }
            }
        }
        return Optional.empty();
    }

    private long end(
            Segments segments, long start, Optional<AppointmentVersion> last, boolean ending, Set<Flag> flags) {
        List<Long> ends = new ArrayList<>();
        ENDS.stream()
                .flatMap(segments::texts)
                .flatMap(text -> time(text, flags).stream())
                .forEach(ends::add);
        Stream.of(
                        segments.all("SCH").stream().flatMap(sch -> length(segments, sch, 9).stream()),
                        segments.texts(QUANTITY_LENGTH).flatMap(text -> WrittenDuration.millis(text).stream()),
                        segments.all("AIS").stream().flatMap(ais -> length(segments, ais, 7).stream()))
                .flatMap(lengths -> lengths)
                .map(length -> start + length)
                .forEach(ends::add);
        if (ends.isEmpty() && (ending || LENGTHS.stream().noneMatch(segments::emptied))) {
            last.map(version -> start + (version.slotEnd() - version.slotStart()))
                    .ifPresent(ends::add);
        }
        if (ends.isEmpty()) {
            return start + defaultLength;
        }
        long end = ends.get(0);
        if (end <= start || end - start > LONGEST) {
            flags.add(Flag.BAD_END);
            return start + defaultLength;
        }
        return end;
    }

    /** The length in a field of the segment, in the unit of the next field. */
    private static Optional<Long> length(Segments segments, Segment segment, int field) {
        String unit = segments.texts(segment, field + 1, 1).stream().findFirst().orElse("");
        return segments.texts(segment, field, 1).stream()
                .findFirst()
                .flatMap(number -> WrittenDuration.millis(number, unit));
    }

    /** A date alone is no time of an appointment, and not an error either. */
    private Optional<Long> time(String text, Set<Flag> flags) {
        Optional<ParsedTime> time = ParsedTime.parse(text);
        if (time.isEmpty()) {
            flags.add(Flag.BAD_TIME);
        }
        return time.filter(ParsedTime::hasHour).map(parsed -> parsed.millis(zone));
    }
}
