package org.knockon.feeds.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.knockon.feeds.json.JsonPaths;
import org.knockon.feeds.message.Flag;
import org.knockon.feeds.message.RefusalReason;
import org.knockon.feeds.message.RefusedMessageException;
import org.knockon.impact.model.AppointmentVersion;

/**
 * When an appointment takes place, in milliseconds since 1970.
 *
 * @param end after the start, and at most 24 hours later
 */
record SlotTimes(long start, long end) {

    private static final long MINUTE = 60_000;
    private static final long DAY = 24 * 60 * MINUTE;

    /**
     * @param path of the resource, for refusals
     * @param flags receives what is unusual
     * @throws RefusedMessageException if the message has no slot and none is remembered, or a time without an offset
     */
    static SlotTimes of(
            JsonNode appointment, String path, Optional<AppointmentVersion> last, int defaultMinutes, Set<Flag> flags) {
        OptionalLong start = time(appointment, path, "start");
        if (start.isPresent()) {
            return bounded(start.getAsLong(), end(appointment, path, start.getAsLong(), last), defaultMinutes, flags);
        }
        JsonNode requested = appointment.path("requestedPeriod").path(0);
        Optional<String> from = JsonPaths.text(requested, "start");
        OptionalLong wanted = from.map(FhirTime::instant).orElse(OptionalLong.empty());
        if (wanted.isPresent()) {
            OptionalLong until =
                    JsonPaths.text(requested, "end").map(FhirTime::instant).orElse(OptionalLong.empty());
            OptionalLong end = until.isPresent() ? until : lengthEnd(appointment, wanted.getAsLong(), last);
            return bounded(wanted.getAsLong(), end, defaultMinutes, flags);
        }
        if (from.isPresent()) {
            flags.add(Flag.BAD_TIME);
        }
        return last.map(version -> new SlotTimes(version.slotStart(), version.slotEnd()))
                .orElseThrow(() -> from.isPresent()
                        ? new RefusedMessageException(RefusalReason.BAD_TIME, path + ".requestedPeriod[0].start")
                        : new RefusedMessageException(RefusalReason.MISSING_SLOT, path + ".start"));
    }

    private static OptionalLong end(JsonNode appointment, String path, long start, Optional<AppointmentVersion> last) {
        OptionalLong end = time(appointment, path, "end");
        return end.isPresent() ? end : lengthEnd(appointment, start, last);
    }

    private static OptionalLong lengthEnd(JsonNode appointment, long start, Optional<AppointmentVersion> last) {
        JsonNode minutes = appointment.path("minutesDuration");
        if (minutes.canConvertToInt() && minutes.isIntegralNumber()) {
            return OptionalLong.of(start + minutes.intValue() * MINUTE);
        }
        return last.map(version -> OptionalLong.of(start + version.slotEnd() - version.slotStart()))
                .orElse(OptionalLong.empty());
    }

    private static SlotTimes bounded(long start, OptionalLong end, int defaultMinutes, Set<Flag> flags) {
        long usual = start + defaultMinutes * MINUTE;
        if (end.isEmpty()) {
            return new SlotTimes(start, usual);
        }
        long length = end.getAsLong() - start;
        if (length <= 0 || length > DAY) {
            flags.add(Flag.BAD_END);
            return new SlotTimes(start, usual);
        }
        return new SlotTimes(start, end.getAsLong());
    }

    private static OptionalLong time(JsonNode appointment, String path, String name) {
        Optional<String> text = JsonPaths.text(appointment, name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        OptionalLong time = FhirTime.instant(text.get());
        if (time.isEmpty()) {
            throw new RefusedMessageException(RefusalReason.BAD_TIME, path + "." + name);
        }
        return time;
    }
}
