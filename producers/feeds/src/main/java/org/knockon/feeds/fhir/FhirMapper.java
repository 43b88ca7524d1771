package org.knockon.feeds.fhir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.knockon.feeds.message.FeedRequest;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.message.RefusalReason;
import org.knockon.feeds.message.RefusedMessageException;
import org.knockon.feeds.message.RememberedAppointment;
import org.knockon.feeds.message.RememberedAppointments;
import org.knockon.feeds.pseudonym.KeyedHash;
import org.knockon.feeds.pseudonym.PatientPseudonyms;
import org.knockon.impact.model.AppointmentVersion;

/**
 * Maps the requests of one FHIR feed. Thread-safe, if the remembered appointments are.
 *
 * <p>A request is first read, so that the caller can see to it that no other message about the same appointments is in
 * flight, and then mapped.
 */
public final class FhirMapper {

    private final FhirReader reader;
    private final AppointmentMapper appointments;
    private final FhirResponses responses;

    public FhirMapper(FhirFeedSettings settings, PatientPseudonyms pseudonyms, KeyedHash hash) {
        this.reader = new FhirReader(settings);
        this.appointments = new AppointmentMapper(settings, pseudonyms, hash);
        this.responses = new FhirResponses(settings);
    }

    /** Most bytes of a body at a path below the feed's base. */
    public static int largestBody(String path) {
        return FhirReader.largestBody(path);
    }

    /** Reads a request. One that cannot be read is refused by {@link #map}. */
    public FhirMessage read(FeedRequest request) {
        return reader.read(request);
    }

    /** @param receivedAt time of receipt, in milliseconds since 1970 */
    public FhirResult map(FhirMessage message, RememberedAppointments remembered, long receivedAt) {
        if (message.kind() == FhirMessage.Kind.METADATA) {
            return new FhirResult(
                    responses.capabilities(), List.of(MappedMessage.ignored(Set.of())), List.of(), Map.of());
        }
        WithinMessage seen = new WithinMessage(remembered);
        List<EntryResult> results = new ArrayList<>();
        for (FhirEntry entry : message.entries()) {
            EntryResult result = map(entry, message, seen, receivedAt);
            result.version().ifPresent(seen::add);
            results.add(result);
        }
        boolean allOrNothing =
                message.kind() == FhirMessage.Kind.TRANSACTION || message.kind() == FhirMessage.Kind.MESSAGE;
        if (allOrNothing && results.stream().anyMatch(EntryResult::refused)) {
            List<EntryResult> bad =
                    results.stream().filter(EntryResult::refused).toList();
            return new FhirResult(responses.refused(bad), List.of(bad.get(0).mapped()), List.of(), Map.of());
        }
        return new FhirResult(
                responses.of(message.kind(), results),
                messages(message, results),
                versions(results),
                unmappedHashes(results));
    }

    private EntryResult map(FhirEntry entry, FhirMessage message, WithinMessage seen, long receivedAt) {
        try {
            if (entry instanceof FhirEntry.Change change) {
                return appointments.map(change, message, seen, receivedAt);
            }
            if (entry instanceof FhirEntry.Deletion deletion) {
                return appointments.map(deletion, message, seen, receivedAt);
            }
            if (entry instanceof FhirEntry.Bad bad) {
                return EntryResult.refused(bad.refusal().reason(), bad.refusal().where(), bad.status());
            }
            return EntryResult.of(MappedMessage.ignored(Set.of()));
        } catch (RefusedMessageException e) {
            return EntryResult.refused(
                    e.refusal().reason(),
                    e.refusal().where(),
                    FhirReader.status(e.refusal().reason()));
        } catch (UnknownAppointmentException e) {
            return EntryResult.refused(RefusalReason.BAD_FIELD, e.path(), 404);
        }
    }

    /** One for each appointment, and one for a message without any. */
    private static List<MappedMessage> messages(FhirMessage message, List<EntryResult> results) {
        List<MappedMessage> messages = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            if (!(message.entries().get(i) instanceof FhirEntry.Skipped)) {
                messages.add(results.get(i).mapped());
            }
        }
        return messages.isEmpty() ? List.of(MappedMessage.ignored(Set.of())) : messages;
    }

    private static List<RememberedAppointment> versions(List<EntryResult> results) {
        return results.stream().flatMap(result -> result.version().stream()).toList();
    }

    private static Map<String, Map<String, List<String>>> unmappedHashes(List<EntryResult> results) {
        Map<String, Map<String, List<String>>> hashes = new HashMap<>();
        for (EntryResult result : results) {
            if (!result.unmappedHashes().isEmpty()) {
                result.version()
                        .ifPresent(version -> hashes.put(version.version().serviceId(), result.unmappedHashes()));
            }
        }
        return hashes;
    }

    /** What is remembered, and the versions that the message itself has led to so far. */
    private static final class WithinMessage implements RememberedAppointments {
        private final RememberedAppointments before;
        private final Map<String, RememberedAppointment> newer = new HashMap<>();

        WithinMessage(RememberedAppointments before) {
            this.before = before;
        }

        void add(RememberedAppointment appointment) {
            AppointmentVersion version = appointment.version();
            // A stale version must not hide the newest one.
            boolean newest = of(version.appointmentId())
                    .map(last -> version.sequence() >= last.version().sequence())
                    .orElse(true);
            if (newest) {
                newer.put(version.appointmentId(), appointment);
            }
        }

        @Override
        public Optional<RememberedAppointment> of(String appointmentId) {
            RememberedAppointment found = newer.get(appointmentId);
            return found != null ? Optional.of(found) : before.of(appointmentId);
        }

        @Override
        public Optional<AppointmentVersion> cancelled(String patientRef, String serviceId, long since) {
            return before.cancelled(patientRef, serviceId, since);
        }
    }
}
