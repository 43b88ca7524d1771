package org.knockon.feeds.load;

import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.knockon.feeds.message.Flag;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.message.RecordLimits;
import org.knockon.feeds.message.RefusalReason;
import org.knockon.feeds.message.RefusedMessageException;
import org.knockon.feeds.message.RememberedAppointment;
import org.knockon.feeds.message.RememberedAppointments;
import org.knockon.feeds.message.Sequencing;
import org.knockon.feeds.pseudonym.KeyedHash;
import org.knockon.feeds.pseudonym.PatientPseudonyms;
import org.knockon.feeds.tables.AttributeHashes;
import org.knockon.feeds.tables.ServiceRules;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Priority;

/**
 * Maps the rows of an extract to appointment versions. A row gives a version only if nothing as new is known of its
 * appointment, so that loading again changes nothing. Rows of one appointment must come one after the other.
 */
public final class LoadMapper {

    /** A version is written as if it were at most this old, because the broker deletes older records. */
    static final long OLDEST = Duration.ofDays(400).toMillis();

    private static final long LONGEST = Duration.ofDays(1).toMillis();
    private static final long MINUTE = 60_000;
    private static final int MOST_DIGITS = 4;

    private final ExtractTables tables;
    private final ExtractColumns columns;
    private final OptionalLong asOf;
    private final ExtractTimes times;
    private final ServiceRules services;
    private final PatientPseudonyms pseudonyms;

    /** @param asOf when the extract was made, for rows without an {@code updatedAt}; milliseconds since 1970 */
    public LoadMapper(ExtractTables tables, OptionalLong asOf, PatientPseudonyms pseudonyms, KeyedHash hash) {
        this.tables = tables;
        this.columns = tables.columns();
        this.asOf = asOf;
        this.times = new ExtractTimes(tables.zone(), tables.times());
        this.services = new ServiceRules(
                tables.namespace(), tables.services(), tables.defaultService(), new AttributeHashes(hash));
        this.pseudonyms = pseudonyms;
    }

    /** @param receivedAt when the row was read, in milliseconds since 1970 */
    public LoadedRow map(ExtractRow row, RememberedAppointments remembered, long receivedAt) {
        try {
            return mapped(row, remembered, receivedAt);
        } catch (RefusedMessageException e) {
            return LoadedRow.of(
                    MappedMessage.refused(e.refusal().reason(), e.refusal().where()));
        }
    }

    private LoadedRow mapped(ExtractRow row, RememberedAppointments remembered, long receivedAt) {
        if (!row.readable()) {
            throw new RefusedMessageException(RefusalReason.UNREADABLE, "");
        }
        String id = tables.id(required(row, ExtractField.APPOINTMENT_ID, RefusalReason.MISSING_ID));
        long written = updatedAt(row, receivedAt);
        Optional<AppointmentVersion> last = remembered.of(id).map(RememberedAppointment::version);
        if (last.isPresent() && last.get().updatedAt() >= written) {
            return LoadedRow.of(
                    last.get().updatedAt() == written ? MappedMessage.duplicate() : MappedMessage.ignored(Set.of()));
        }
        Optional<AppointmentStatus> status = status(row);
        if (status.isEmpty()) {
            return LoadedRow.of(MappedMessage.ignored(Set.of()));
        }
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        long start = time(row, ExtractField.SLOT_START, RefusalReason.MISSING_SLOT);
        long end = end(row, start, flags);
        ServiceRules.Service service = service(row, last);
        if (!service.hashes().isEmpty()) {
            flags.add(Flag.UNMAPPED_NAME);
        }
        long updatedAt = Math.max(written, receivedAt - OLDEST);
        AppointmentVersion version = new AppointmentVersion(
                id,
                Sequencing.loadedSequence(updatedAt, last),
                status.get(),
                reason(row, status.get()),
                service.id(),
                start,
                end,
                priority(row, last),
                patientRef(row, last, flags),
                replaces(row, last),
                updatedAt,
                dueIn(row, last, flags));
        requireAccepted(version, receivedAt);
        return new LoadedRow(MappedMessage.appointment(version, flags, service.unmapped()), service.hashes());
    }

    /**
     * A row from the future is refused: if the time of receipt took its place, as in messages, each load would publish the
     * row again.
     */
    private long updatedAt(ExtractRow row, long receivedAt) {
        String text = text(row, ExtractField.UPDATED_AT);
        OptionalLong written = text.isEmpty() ? asOf : times.millis(text);
        if (written.isEmpty() || Sequencing.written(written, receivedAt).clockAhead()) {
            throw refused(RefusalReason.BAD_TIME, ExtractField.UPDATED_AT);
        }
        return written.getAsLong();
    }

    /** Booked if the extract has no status; empty if the row means no appointment, such as a slot that a clinic blocks. */
    private Optional<AppointmentStatus> status(ExtractRow row) {
        String text = text(row, ExtractField.STATUS);
        return text.isEmpty()
                ? Optional.of(AppointmentStatus.BOOKED)
                : tables.statuses().of(text).orElseThrow(() -> refused(RefusalReason.BAD_STATUS, ExtractField.STATUS));
    }

    private long end(ExtractRow row, long start, Set<Flag> flags) {
        long usual = start + tables.defaultMinutes() * MINUTE;
        long end = usual;
        String minutes = text(row, ExtractField.MINUTES);
        if (!text(row, ExtractField.SLOT_END).isEmpty()) {
            end = time(row, ExtractField.SLOT_END, RefusalReason.BAD_TIME);
        } else if (!minutes.isEmpty()) {
            if (minutes.length() > MOST_DIGITS || !minutes.chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw refused(RefusalReason.BAD_FIELD, ExtractField.MINUTES);
            }
            end = start + Integer.parseInt(minutes) * MINUTE;
        }
        if (end <= start || end - start > LONGEST) {
            flags.add(Flag.BAD_END);
            return usual;
        }
        return end;
    }

    private ServiceRules.Service service(ExtractRow row, Optional<AppointmentVersion> last) {
        Map<String, List<String>> attributes = new LinkedHashMap<>();
        columns.attributes().forEach((name, names) -> {
            List<String> values = names.stream()
                    .map(row::text)
                    .filter(text -> !text.isEmpty())
                    .distinct()
                    .toList();
            if (!values.isEmpty()) {
                attributes.put(name, values);
            }
        });
        return services.service(attributes, last.map(AppointmentVersion::serviceId))
                .orElseThrow(() -> new RefusedMessageException(RefusalReason.MISSING_SERVICE, columns.whereService()));
    }

    private ChangeReason reason(ExtractRow row, AppointmentStatus status) {
        String text = text(row, ExtractField.REASON);
        Optional<ChangeReason> known =
                text.isEmpty() ? Optional.empty() : tables.reasons().of(text);
        boolean change = !text.isEmpty() && status != AppointmentStatus.BOOKED;
        return known.orElse(change ? ChangeReason.UNKNOWN : null);
    }

    private Priority priority(ExtractRow row, Optional<AppointmentVersion> last) {
        return tables.priorities()
                .of(text(row, ExtractField.PRIORITY))
                .or(() -> last.map(AppointmentVersion::priority))
                .orElse(Priority.ROUTINE);
    }

    private String patientRef(ExtractRow row, Optional<AppointmentVersion> last, Set<Flag> flags) {
        String ref = pseudonyms
                .of(rule -> Optional.ofNullable(columns.identifiers().get(rule.name()))
                        .map(row::text)
                        .filter(text -> !text.isEmpty()))
                .or(() -> last.map(AppointmentVersion::patientRef))
                .orElse("");
        if (ref.isEmpty()) {
            flags.add(Flag.NO_PATIENT);
        }
        return ref;
    }

    private Long dueIn(ExtractRow row, Optional<AppointmentVersion> last, Set<Flag> flags) {
        String text = text(row, ExtractField.DUE_IN);
        if (text.isEmpty()) {
            return last.map(AppointmentVersion::dueIn).orElse(null);
        }
        OptionalLong time = times.millisOrDay(text);
        if (time.isEmpty()) {
            flags.add(Flag.BAD_TIME);
            return null;
        }
        return time.getAsLong();
    }

    private String replaces(ExtractRow row, Optional<AppointmentVersion> last) {
        String text = text(row, ExtractField.REPLACES);
        // The link counts only while the newest version has it.
        return text.isEmpty() ? last.map(AppointmentVersion::replaces).orElse(null) : tables.id(text);
    }

    private void requireAccepted(AppointmentVersion version, long receivedAt) {
        RecordLimits.exceeded(version, receivedAt).ifPresent(field -> {
            throw switch (field) {
                case "appointmentId" -> refused(RefusalReason.BAD_FIELD, ExtractField.APPOINTMENT_ID);
                case "sequence", "updatedAt" -> refused(RefusalReason.BAD_FIELD, ExtractField.UPDATED_AT);
                case "slotStart" -> refused(RefusalReason.BAD_FIELD, ExtractField.SLOT_START);
                case "slotEnd" -> refused(RefusalReason.BAD_FIELD, ExtractField.SLOT_END);
                case "dueIn" -> refused(RefusalReason.BAD_FIELD, ExtractField.DUE_IN);
                case "replaces" -> refused(RefusalReason.BAD_FIELD, ExtractField.REPLACES);
                default -> new RefusedMessageException(RefusalReason.BAD_FIELD, field);
            };
        });
    }

    private long time(ExtractRow row, ExtractField field, RefusalReason missing) {
        return times.millis(required(row, field, missing)).orElseThrow(() -> refused(RefusalReason.BAD_TIME, field));
    }

    private String required(ExtractRow row, ExtractField field, RefusalReason missing) {
        String text = text(row, field);
        if (text.isEmpty()) {
            throw refused(missing, field);
        }
        return text;
    }

    private String text(ExtractRow row, ExtractField field) {
        return row.text(columns.of(field));
    }

    private RefusedMessageException refused(RefusalReason reason, ExtractField field) {
        return new RefusedMessageException(reason, columns.where(field));
    }
}
