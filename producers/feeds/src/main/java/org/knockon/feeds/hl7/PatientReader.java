package org.knockon.feeds.hl7;

import ca.uhn.hl7v2.model.Segment;
import ca.uhn.hl7v2.model.Type;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.knockon.feeds.message.Flag;
import org.knockon.feeds.pseudonym.IdentifierRule;
import org.knockon.feeds.pseudonym.PatientPseudonyms;
import org.knockon.impact.model.AppointmentVersion;

/** The pseudonym of the patient. */
final class PatientReader {
    private static final String TYPE = "type:";

    private final PatientPseudonyms pseudonyms;

    PatientReader(PatientPseudonyms pseudonyms) {
        this.pseudonyms = pseudonyms;
    }

    String patientRef(Segments segments, Optional<AppointmentVersion> last, Set<Flag> flags) {
        String ref = segments.all("PID").stream()
                .findFirst()
                .flatMap(pid -> pseudonyms.of(rule -> value(segments, pid, rule)))
                .or(() -> segments.emptied("PID-3") ? Optional.empty() : last.map(AppointmentVersion::patientRef))
                .orElse("");
        if (ref.isEmpty()) {
            flags.add(Flag.NO_PATIENT);
        }
        return ref;
    }

    private static Optional<String> value(Segments segments, Segment pid, IdentifierRule rule) {
        List<Type> identifiers = segments.repetitions(pid, 3);
        Stream<String> fitting = identifiers.stream()
                .filter(identifier -> rule.any() || fits(segments, identifier, rule))
                .map(identifier -> segments.text(identifier, 1));
        // PID-2 is where HL7 2.1 and 2.2 have the number that others give the patient.
        Stream<String> other = rule.any() ? segments.texts(pid, 2, 1).stream() : Stream.empty();
        return Stream.concat(fitting, other)
                .filter(text -> !text.isBlank() && !text.equals(Segments.NULL))
                .findFirst();
    }

    private static boolean fits(Segments segments, Type identifier, IdentifierRule rule) {
        String authority = segments.firstPart(identifier, 4);
        String type = segments.text(identifier, 5);
        return rule.hl7().stream()
                .anyMatch(written -> written.startsWith(TYPE)
                        ? written.substring(TYPE.length()).equals(type)
                        : written.equals(authority));
    }
}
