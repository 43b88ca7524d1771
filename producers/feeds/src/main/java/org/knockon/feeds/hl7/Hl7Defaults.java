package org.knockon.feeds.hl7;

import static java.util.Map.entry;
import static org.knockon.impact.model.AppointmentStatus.ARRIVED;
import static org.knockon.impact.model.AppointmentStatus.BOOKED;
import static org.knockon.impact.model.AppointmentStatus.CANCELLED;
import static org.knockon.impact.model.AppointmentStatus.CHECKED_IN;
import static org.knockon.impact.model.AppointmentStatus.ENTERED_IN_ERROR;
import static org.knockon.impact.model.AppointmentStatus.FULFILLED;
import static org.knockon.impact.model.AppointmentStatus.NOSHOW;
import static org.knockon.impact.model.AppointmentStatus.PENDING;
import static org.knockon.impact.model.AppointmentStatus.WAITLIST;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.knockon.feeds.tables.TextPattern;
import org.knockon.feeds.tables.WordTable;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.Priority;

/** What an HL7 feed means without settings: tables 0276, 0278 and what senders write in their place. */
public final class Hl7Defaults {

    /** Fields that may hold the start of an appointment, the first one first. */
    public static final List<FieldRef> START_FROM = Stream.of("TQ1-7", "SCH-11.4", "AIS-4", "AIL-6", "AIG-8", "AIP-6")
            .map(FieldRef::parse)
            .toList();

    public static final Set<String> PROCESSING = Set.of("P");

    public static final int MINUTES = 15;

    public static final WordTable<Priority> PRIORITIES = new WordTable<>(List.of(
            word("S", Priority.EMERGENCY),
            word("A", Priority.URGENT),
            word("U", Priority.URGENT),
            word("2WW", Priority.TWO_WEEK_WAIT),
            word("R", Priority.ROUTINE)));

    static final Map<String, StatusMeaning> TRIGGERS = Map.ofEntries(
            entry("S12", StatusMeaning.of(BOOKED)),
            entry("S13", StatusMeaning.of(BOOKED)),
            entry("S14", StatusMeaning.of(BOOKED)),
            entry("S15", StatusMeaning.of(CANCELLED)),
            entry("S16", StatusMeaning.of(CANCELLED)),
            entry("S17", StatusMeaning.of(ENTERED_IN_ERROR)),
            entry("S18", StatusMeaning.of(BOOKED)),
            entry("S19", StatusMeaning.of(BOOKED)),
            entry("S20", StatusMeaning.of(BOOKED)),
            entry("S21", StatusMeaning.of(BOOKED)),
            entry("S22", StatusMeaning.of(BOOKED)),
            entry("S23", StatusMeaning.IGNORED),
            entry("S24", StatusMeaning.IGNORED),
            entry("S25", StatusMeaning.IGNORED),
            entry("S26", StatusMeaning.of(NOSHOW)),
            entry("S27", StatusMeaning.IGNORED));

    /** Texts of SCH-25. */
    public static final List<Map.Entry<TextPattern, StatusMeaning>> STATUSES = statuses();

    private Hl7Defaults() {}

    private static List<Map.Entry<TextPattern, StatusMeaning>> statuses() {
        List<Map.Entry<TextPattern, StatusMeaning>> all = new ArrayList<>();
        all.addAll(words(PENDING, "Pending"));
        all.addAll(words(WAITLIST, "Waitlist"));
        all.addAll(words(BOOKED, "Booked", "Scheduled", "Confirmed", "SCH", "Overbook"));
        all.addAll(words(ARRIVED, "Arrived"));
        all.addAll(words(CHECKED_IN, "Started", "Checked-in"));
        all.addAll(words(FULFILLED, "Complete", "Completed"));
        all.addAll(words(CANCELLED, "Cancelled", "Canceled", "Dc", "Discontinued"));
        all.addAll(words(ENTERED_IN_ERROR, "Deleted"));
        all.addAll(words(NOSHOW, "Noshow", "No-show", "No Show"));
        all.add(word("Blocked", StatusMeaning.IGNORED));
        return List.copyOf(all);
    }

    private static List<Map.Entry<TextPattern, StatusMeaning>> words(AppointmentStatus status, String... texts) {
        return Stream.of(texts)
                .map(text -> word(text, StatusMeaning.of(status)))
                .toList();
    }

    private static <V> Map.Entry<TextPattern, V> word(String text, V meaning) {
        return entry(TextPattern.parse(text), meaning);
    }
}
