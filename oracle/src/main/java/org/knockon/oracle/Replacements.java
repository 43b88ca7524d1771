package org.knockon.oracle;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;

/** Which appointment replaces which (17). */
final class Replacements {

    private static final Comparator<AppointmentVersion> PRECEDENCE =
            comparingLong(AppointmentVersion::updatedAt).thenComparing(comparing(AppointmentVersion::appointmentId));

    private final Map<String, AppointmentVersion> byReplaced = new HashMap<>();

    Replacements(Iterable<History> histories) {
        for (History history : histories) {
            AppointmentVersion last = history.last();
            if (last.replaces() != null
                    && !last.replaces().equals(last.appointmentId())
                    && last.status() != AppointmentStatus.ENTERED_IN_ERROR) {
                byReplaced.merge(
                        last.replaces(), last, (one, other) -> PRECEDENCE.compare(one, other) >= 0 ? one : other);
            }
        }
    }

    /** The newest version of the replacement. */
    Optional<AppointmentVersion> of(String appointmentId) {
        return Optional.ofNullable(byReplaced.get(appointmentId));
    }
}
