package org.knockon.feeds.hl7;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.knockon.feeds.message.Flag;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.message.RecentMessages;
import org.knockon.feeds.message.RecordLimits;
import org.knockon.feeds.message.RefusalReason;
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

/**
 * Maps the messages of one feed to appointment versions. Thread-safe, but messages about one appointment must come one
 * after another: each depends on the version remembered from the one before.
 */
public final class Hl7Mapper {
    private final Hl7FeedSettings settings;
    private final SlotReader slots;
    private final ServiceReader services;
    private final PatientReader patients;
    private final PriorityReader priorities;
    private final ReasonReader reasons;

    public Hl7Mapper(Hl7FeedSettings settings, PatientPseudonyms pseudonyms, KeyedHash hash) {
        this.settings = settings;
        this.slots = new SlotReader(settings);
        this.services = new ServiceReader(settings, new AttributeHashes(hash));
        this.patients = new PatientReader(pseudonyms);
        this.priorities = new PriorityReader(settings.priorities());
        this.reasons = new ReasonReader(settings.reasons());
    }

    /** @param receipt when the last byte of the message came, in milliseconds since 1970 */
    public Hl7Mapping map(Hl7Message message, RememberedAppointments remembered, RecentMessages recent, long receipt) {
        if (message.decided().isPresent()) {
            return Hl7Mapping.of(message.decided().get());
        }
        Hl7Message.Content content = message.content().orElseThrow();
        String id = content.appointmentId();
        if (recent.contains(id, message.digest())) {
            return Hl7Mapping.of(MappedMessage.duplicate());
        }
        Optional<AppointmentVersion> last = remembered.of(id).map(RememberedAppointment::version);
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        flags.addAll(content.flags());
        long updatedAt = updatedAt(content.header(), receipt, flags);
        Segments segments = content.segments();

        Optional<SlotReader.Slot> slot = slots.slot(segments, last, content.ending(), flags);
        if (slot.isEmpty() && content.ending()) {
            flags.add(Flag.WITHOUT_PRIOR);
            return Hl7Mapping.of(MappedMessage.ignored(flags));
        }
        if (slot.isEmpty()) {
            return Hl7Mapping.of(MappedMessage.refused(RefusalReason.MISSING_SLOT, "SCH-11.4"));
        }
        Optional<ServiceRules.Service> service = services.service(segments, facility(content.header()), last);
        if (service.isEmpty()) {
            return Hl7Mapping.of(MappedMessage.refused(RefusalReason.MISSING_SERVICE, "AIL-3"));
        }
        Map<String, List<String>> unmappedHashes = service.get().hashes();
        if (!unmappedHashes.isEmpty()) {
            flags.add(Flag.UNMAPPED_NAME);
        }
        String patientRef = patients.patientRef(segments, last, flags);
        AppointmentVersion version = new AppointmentVersion(
                id,
                Sequencing.sequence(updatedAt, last),
                content.status(),
                reasons.reason(segments, content.plainBooking()).orElse(null),
                service.get().id(),
                slot.get().start(),
                slot.get().end(),
                priorities.priority(segments, last),
                patientRef,
                replaces(content, service.get().id(), patientRef, updatedAt, last, remembered)
                        .orElse(null),
                updatedAt,
                dueIn(segments, last, flags).orElse(null));
        Optional<String> bad = badField(version, receipt, content, slot.get());
        return bad.isPresent()
                ? Hl7Mapping.of(MappedMessage.refused(RefusalReason.BAD_FIELD, bad.get()))
                : new Hl7Mapping(
                        MappedMessage.appointment(version, flags, service.get().unmapped()), unmappedHashes);
    }

    private long updatedAt(MessageHeader header, long receipt, Set<Flag> flags) {
        String text = header.component(7, 1);
        Optional<ParsedTime> time = ParsedTime.parse(text);
        if (time.isEmpty() && !text.isBlank()) {
            flags.add(Flag.BAD_TIME);
        }
        Sequencing.Written written = Sequencing.written(
                time.map(parsed -> OptionalLong.of(parsed.millisNear(settings.zone(), receipt)))
                        .orElse(OptionalLong.empty()),
                receipt);
        if (written.clockAhead()) {
            flags.add(Flag.CLOCK_AHEAD);
        }
        return written.updatedAt();
    }

    /** The planned time of admission; of a date alone, the beginning of that day. Most messages leave it out. */
    private Optional<Long> dueIn(Segments segments, Optional<AppointmentVersion> last, Set<Flag> flags) {
        Optional<String> text = segments.first("PV2-8");
        if (text.isEmpty()) {
            return segments.emptied("PV2-8") ? Optional.empty() : last.map(AppointmentVersion::dueIn);
        }
        Optional<Long> time = ParsedTime.parse(text.get()).map(parsed -> parsed.millis(settings.zone()));
        if (time.isEmpty()) {
            flags.add(Flag.BAD_TIME);
        }
        return time;
    }

    private static String facility(MessageHeader header) {
        return Escapes.decode(header.component(4, 1), header.separators());
    }

    /** A guess, for most senders rebook with a cancellation and a new appointment that name no link. */
    private Optional<String> replaces(
            Hl7Message.Content content,
            String serviceId,
            String patientRef,
            long updatedAt,
            Optional<AppointmentVersion> last,
            RememberedAppointments remembered) {
        if (settings.rebooking().isEmpty()) {
            return Optional.empty();
        }
        if (last.isPresent()) {
            // The link counts only while the newest version has it.
            return last.map(AppointmentVersion::replaces);
        }
        if (content.status() != AppointmentStatus.BOOKED || patientRef.isEmpty()) {
            return Optional.empty();
        }
        long since = updatedAt - settings.rebooking().get().toMillis();
        return remembered
                .cancelled(patientRef, serviceId, since)
                .filter(cancelled -> cancelled.changeReason() != ChangeReason.PATIENT)
                .filter(cancelled -> cancelled.updatedAt() >= since && cancelled.updatedAt() <= updatedAt)
                .map(AppointmentVersion::appointmentId);
    }

    /** The place of the first field that the topic would not accept. */
    private static Optional<String> badField(
            AppointmentVersion version, long receipt, Hl7Message.Content content, SlotReader.Slot slot) {
        return RecordLimits.exceeded(version, receipt).map(field -> switch (field) {
            case "appointmentId" -> content.idFrom().toString();
            case "sequence", "updatedAt" -> "MSH-7";
            case "slotStart", "slotEnd" -> slot.from().map(FieldRef::toString).orElse("SCH-11.4");
            default -> field;
        });
    }
}
