package org.knockon.feeds.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.knockon.feeds.json.JsonPaths;
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
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Priority;

/** Makes a version of an appointment from one FHIR Appointment. */
final class AppointmentMapper {

    private static final Map<String, AppointmentStatus> STATUSES = Map.of(
            "proposed", AppointmentStatus.PROPOSED,
            "pending", AppointmentStatus.PENDING,
            "booked", AppointmentStatus.BOOKED,
            "arrived", AppointmentStatus.ARRIVED,
            "checked-in", AppointmentStatus.CHECKED_IN,
            "fulfilled", AppointmentStatus.FULFILLED,
            "noshow", AppointmentStatus.NOSHOW,
            "cancelled", AppointmentStatus.CANCELLED,
            "waitlist", AppointmentStatus.WAITLIST,
            "entered-in-error", AppointmentStatus.ENTERED_IN_ERROR);

    private final FhirFeedSettings settings;
    private final AppointmentIds ids;
    private final CancellationReasons reasons;
    private final PatientReference patients;
    private final KeyedHash hash;
    private final AttributeHashes attributeHashes;

    AppointmentMapper(FhirFeedSettings settings, PatientPseudonyms pseudonyms, KeyedHash hash) {
        this.settings = settings;
        this.ids = new AppointmentIds(settings);
        this.reasons = new CancellationReasons(settings.reasons());
        this.patients = new PatientReference(settings, pseudonyms);
        this.hash = hash;
        this.attributeHashes = new AttributeHashes(hash);
    }

    /** @throws RefusedMessageException if the resource is refused */
    EntryResult map(FhirEntry.Change entry, FhirMessage message, RememberedAppointments remembered, long receivedAt) {
        JsonNode appointment = entry.appointment();
        String path = entry.path();
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        String id = entry.appointmentId()
                .orElseThrow(() -> new RefusedMessageException(RefusalReason.MISSING_ID, path + ".id"));
        Optional<RememberedAppointment> last = remembered.of(id);
        Optional<AppointmentVersion> lastVersion = last.map(RememberedAppointment::version);

        ServiceAttributes attributes = ServiceAttributes.of(appointment, message.resources());
        Optional<String> patient = patients.of(appointment, message.resources());
        String contentHash = hash.hex((appointment + "\n" + settings.services().id(attributes.all()) + "\n" + patient)
                .getBytes(StandardCharsets.UTF_8));
        if (last.isPresent() && contentHash.equals(last.get().contentHash())) {
            return EntryResult.of(MappedMessage.duplicate());
        }

        String service = service(attributes, lastVersion, path, flags);
        AppointmentStatus status = status(appointment, path);
        SlotTimes slot = SlotTimes.of(appointment, path, lastVersion, settings.defaultMinutes(), flags);
        long updatedAt = updatedAt(appointment, message, receivedAt, flags);
        if (patient.isEmpty() && lastVersion.isEmpty()) {
            flags.add(Flag.NO_PATIENT);
        }
        AppointmentVersion version = new AppointmentVersion(
                id,
                Sequencing.sequence(updatedAt, lastVersion),
                status,
                reasons.of(appointment),
                service,
                slot.start(),
                slot.end(),
                priority(appointment),
                patient.or(() -> lastVersion.map(AppointmentVersion::patientRef))
                        .orElse(""),
                ids.replaced(appointment, message.resources()),
                updatedAt,
                dueIn(appointment, flags));
        check(version, path, receivedAt);
        boolean unmapped = flags.contains(Flag.UNMAPPED_NAME);
        return EntryResult.published(
                version,
                contentHash,
                MappedMessage.appointment(version, flags, unmapped ? attributes.shown() : List.of()),
                lastVersion.isEmpty(),
                unmapped ? attributeHashes.of(attributes.named()) : Map.of());
    }

    /** A deleted resource was an error: the remembered version ends. */
    EntryResult map(FhirEntry.Deletion entry, FhirMessage message, RememberedAppointments remembered, long receivedAt) {
        RememberedAppointment last =
                remembered.of(entry.id()).orElseThrow(() -> new UnknownAppointmentException(entry.path()));
        AppointmentVersion old = last.version();
        if (old.status() == AppointmentStatus.ENTERED_IN_ERROR) {
            return EntryResult.of(MappedMessage.duplicate());
        }
        Sequencing.Written written = Sequencing.written(message.timestamp(), receivedAt);
        AppointmentVersion version = new AppointmentVersion(
                old.appointmentId(),
                Sequencing.sequence(written.updatedAt(), Optional.of(old)),
                AppointmentStatus.ENTERED_IN_ERROR,
                null,
                old.serviceId(),
                old.slotStart(),
                old.slotEnd(),
                old.priority(),
                old.patientRef(),
                old.replaces(),
                written.updatedAt(),
                old.dueIn());
        check(version, entry.path(), receivedAt);
        Set<Flag> flags = written.clockAhead() ? Set.of(Flag.CLOCK_AHEAD) : Set.of();
        return EntryResult.published(
                version, "", MappedMessage.appointment(version, flags, List.of()), false, Map.of());
    }

    private static void check(AppointmentVersion version, String path, long receivedAt) {
        RecordLimits.exceeded(version, receivedAt).ifPresent(field -> {
            throw new RefusedMessageException(RefusalReason.BAD_FIELD, path + " (" + field + ")");
        });
    }

    private String service(
            ServiceAttributes attributes, Optional<AppointmentVersion> last, String path, Set<Flag> flags) {
        Optional<String> named = settings.services().id(attributes.all());
        if (named.isPresent()) {
            return named.get();
        }
        Optional<String> known = attributes.namesService()
                ? Optional.empty()
                : last.map(AppointmentVersion::serviceId).or(settings::defaultService);
        if (known.isPresent()) {
            return known.get();
        }
        if (!attributes.namesService() && attributes.resource().isEmpty()) {
            throw new RefusedMessageException(RefusalReason.MISSING_SERVICE, path + ".participant");
        }
        flags.add(Flag.UNMAPPED_NAME);
        return attributeHashes.unmappedId(settings.namespace(), attributes.named());
    }

    private static AppointmentStatus status(JsonNode appointment, String path) {
        AppointmentStatus status = STATUSES.get(appointment.path("status").asText());
        if (status == null) {
            throw new RefusedMessageException(RefusalReason.BAD_STATUS, path + ".status");
        }
        return status;
    }

    private static long updatedAt(JsonNode appointment, FhirMessage message, long receivedAt, Set<Flag> flags) {
        Optional<String> text = JsonPaths.text(appointment, "meta", "lastUpdated");
        OptionalLong sent = text.map(FhirTime::instant).orElse(OptionalLong.empty());
        if (text.isPresent() && sent.isEmpty()) {
            flags.add(Flag.BAD_TIME);
        }
        Sequencing.Written written = Sequencing.written(sent.isPresent() ? sent : message.timestamp(), receivedAt);
        if (written.clockAhead()) {
            flags.add(Flag.CLOCK_AHEAD);
        }
        return written.updatedAt();
    }

    /** The planned time of admission, from the extension that the feed names; null without it. */
    private Long dueIn(JsonNode appointment, Set<Flag> flags) {
        Optional<String> text = settings.dueIn()
                .flatMap(url -> JsonPaths.entries(appointment, "extension").stream()
                        .filter(extension -> JsonPaths.text(extension, "url").equals(Optional.of(url)))
                        .flatMap(extension -> Stream.of("valueDateTime", "valueInstant", "valueDate")
                                .flatMap(name -> JsonPaths.text(extension, name).stream()))
                        .findFirst());
        if (text.isEmpty()) {
            return null;
        }
        OptionalLong time = FhirTime.instantOrDay(text.get());
        if (time.isEmpty()) {
            flags.add(Flag.BAD_TIME);
            return null;
        }
        return time.getAsLong();
    }

    private Priority priority(JsonNode appointment) {
        return settings.priorities().of(appointment.path("priority").asText()).orElse(Priority.ROUTINE);
    }
}
