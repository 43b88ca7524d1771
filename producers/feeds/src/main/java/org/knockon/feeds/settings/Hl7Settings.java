package org.knockon.feeds.settings;

import java.nio.charset.Charset;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.knockon.feeds.mllp.MllpSettings;
import org.knockon.feeds.tables.WordTable;
import org.knockon.impact.model.AppointmentStatus;

/**
 * HL7 v2 messages over MLLP.
 *
 * @param zone of times without an offset
 * @param charset of messages that name none
 * @param triggers statuses that differ from the default, by trigger event such as {@code S13}; empty means ignored
 * @param statuses further values of SCH-25; empty means ignored
 * @param startFrom fields that may hold the start, in order, such as {@code SCH-11.4}
 * @param processing accepted values of MSH-11
 * @param rebooking how long after a cancellation a new booking of the same patient and service replaces it; empty if
 *     never
 * @param acceptRefused whether refused messages get a positive answer
 */
public record Hl7Settings(
        FeedIdentity identity,
        BookingTables tables,
        MllpSettings listener,
        ZoneId zone,
        Charset charset,
        Map<String, Optional<AppointmentStatus>> triggers,
        WordTable<Optional<AppointmentStatus>> statuses,
        List<String> startFrom,
        Set<String> processing,
        Optional<Duration> rebooking,
        boolean acceptRefused)
        implements FeedSettings {

    public Hl7Settings {
        triggers = Map.copyOf(triggers);
        startFrom = List.copyOf(startFrom);
        processing = Set.copyOf(processing);
    }
}
