package org.knockon.feeds.fhir;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.message.Outcome;
import org.knockon.feeds.message.RefusalReason;
import org.knockon.feeds.message.RememberedAppointment;
import org.knockon.impact.model.AppointmentVersion;

/**
 * What one entry became.
 *
 * @param status of the HTTP response for this entry alone
 * @param version to be remembered once it is published
 * @param unmappedHashes keyed hashes of the names that no rule fits
 */
record EntryResult(
        MappedMessage mapped,
        int status,
        Optional<RememberedAppointment> version,
        Map<String, List<String>> unmappedHashes) {

    static EntryResult of(MappedMessage mapped) {
        return new EntryResult(mapped, 200, Optional.empty(), Map.of());
    }

    static EntryResult published(
            AppointmentVersion version,
            String contentHash,
            MappedMessage mapped,
            boolean first,
            Map<String, List<String>> unmappedHashes) {
        return new EntryResult(
                mapped,
                first ? 201 : 200,
                Optional.of(new RememberedAppointment(version, contentHash)),
                unmappedHashes);
    }

    static EntryResult refused(RefusalReason reason, String where, int status) {
        return new EntryResult(MappedMessage.refused(reason, where), status, Optional.empty(), Map.of());
    }

    boolean refused() {
        return mapped.outcome() == Outcome.REFUSED;
    }
}
