package org.knockon.feeds.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.knockon.feeds.hl7.Hl7Defaults;
import org.knockon.feeds.tables.TextPattern;
import org.knockon.feeds.tables.WordTable;
import org.knockon.impact.model.AppointmentStatus;

/** Statuses that an extract may write without settings: those of HL7, those of FHIR, and ours. */
public final class ExtractWords {

    private ExtractWords() {}

    /** @param own of the feeds file, asked first */
    public static WordTable<Optional<AppointmentStatus>> statuses(
            List<Map.Entry<TextPattern, Optional<AppointmentStatus>>> own) {
        List<Map.Entry<TextPattern, Optional<AppointmentStatus>>> all = new ArrayList<>(own);
        Hl7Defaults.STATUSES.forEach(
                entry -> all.add(Map.entry(entry.getKey(), entry.getValue().status())));
        for (AppointmentStatus status : AppointmentStatus.values()) {
            if (status != AppointmentStatus.UNKNOWN) {
                // FHIR's codes are our names with dashes.
                Stream.of(status.name(), status.name().replace('_', '-'))
                        .forEach(word -> all.add(Map.entry(TextPattern.parse(word), Optional.of(status))));
            }
        }
        return new WordTable<>(all);
    }
}
