package org.knockon.feeds.hl7;

import java.nio.charset.Charset;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.knockon.feeds.tables.IdTable;
import org.knockon.feeds.tables.WordTable;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Priority;

/**
 * What the messages of one HL7 feed mean. Where it has no value of its own, {@link Hl7Defaults} has one.
 *
 * @param namespace before each appointment id, with a slash; may be empty
 * @param zone of times without an offset
 * @param charset of messages that name none
 * @param defaultService id for messages that name no service, of appointments not known
 * @param reasons texts of SCH-6 and of notes
 * @param triggers meanings that replace the usual ones of triggers such as {@code S13}
 * @param statuses texts of SCH-25 besides the usual ones
 * @param startFrom fields that may hold the start, the first one first
 * @param processing accepted values of MSH-11
 * @param rebooking how long after a cancellation a new appointment counts as its replacement; empty for never
 * @param defaultMinutes length of an appointment that has no other
 */
public record Hl7FeedSettings(
        String namespace,
        ZoneId zone,
        Charset charset,
        IdTable services,
        Optional<String> defaultService,
        WordTable<ChangeReason> reasons,
        WordTable<Priority> priorities,
        Map<String, StatusMeaning> triggers,
        WordTable<StatusMeaning> statuses,
        List<FieldRef> startFrom,
        Set<String> processing,
        Optional<Duration> rebooking,
        int defaultMinutes,
        RefusalAnswer onRefusal) {

    public Hl7FeedSettings {
        triggers = Map.copyOf(triggers);
        startFrom = List.copyOf(startFrom);
        processing = Set.copyOf(processing);
        if (startFrom.isEmpty()) {
            throw new IllegalArgumentException("startFrom names no field");
        }
        if (defaultMinutes < 1 || defaultMinutes > 24 * 60) {
            throw new IllegalArgumentException("defaultMinutes is " + defaultMinutes + ": it must be from 1 to 1440");
        }
    }

    /** {@code pas/4711}, or {@code 4711} without a namespace. */
    String id(String own) {
        return namespace.isEmpty() ? own : namespace + "/" + own;
    }
}
