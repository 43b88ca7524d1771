package org.knockon.feeds.hl7;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.knockon.feeds.message.Flag;
import org.knockon.feeds.tables.TextPattern;
import org.knockon.feeds.tables.WordTable;
import org.knockon.impact.model.AppointmentStatus;

/** The status of an appointment: the trigger gives one, and SCH-25 may change it. */
final class StatusReader {
    private static final FieldRef CODE = FieldRef.parse("SCH-25");
    private static final FieldRef TEXT = FieldRef.parse("SCH-25.2");

    /** Senders leave Booked in SCH-25 of a cancellation. */
    private static final Set<AppointmentStatus> INSTEAD_OF_CANCELLED =
            EnumSet.of(AppointmentStatus.NOSHOW, AppointmentStatus.ENTERED_IN_ERROR);

    private final Map<String, StatusMeaning> triggers;
    private final WordTable<StatusMeaning> statuses;

    StatusReader(Hl7FeedSettings settings) {
        this.triggers = new HashMap<>(Hl7Defaults.TRIGGERS);
        this.triggers.putAll(settings.triggers());
        List<Map.Entry<TextPattern, StatusMeaning>> all =
                new ArrayList<>(settings.statuses().entries());
        all.addAll(Hl7Defaults.STATUSES);
        this.statuses = new WordTable<>(all);
    }

    /** What the trigger means by itself; empty if it is none of scheduling. */
    Optional<StatusMeaning> trigger(String trigger) {
        return Optional.ofNullable(triggers.get(trigger));
    }

    /** Whether an appointment ends with this status, so that a message about an unknown one says nothing. */
    static boolean ends(AppointmentStatus status) {
        return status == AppointmentStatus.CANCELLED
                || status == AppointmentStatus.ENTERED_IN_ERROR
                || status == AppointmentStatus.NOSHOW;
    }

    StatusMeaning status(AppointmentStatus byTrigger, Segments segments, Set<Flag> flags) {
        if (byTrigger == AppointmentStatus.ENTERED_IN_ERROR || byTrigger == AppointmentStatus.NOSHOW) {
            return StatusMeaning.of(byTrigger);
        }
        Optional<String> code = segments.first(CODE);
        Optional<String> text = segments.first(TEXT);
        Optional<StatusMeaning> written = code.flatMap(statuses::of).or(() -> text.flatMap(statuses::of));
        if (written.isEmpty() && (code.isPresent() || text.isPresent())) {
            flags.add(Flag.UNKNOWN_STATUS);
        }
        return written.filter(meaning -> mayReplace(byTrigger, meaning)).orElse(StatusMeaning.of(byTrigger));
    }

    private static boolean mayReplace(AppointmentStatus byTrigger, StatusMeaning written) {
        return byTrigger != AppointmentStatus.CANCELLED
                || written.status().filter(INSTEAD_OF_CANCELLED::contains).isPresent();
    }
}
