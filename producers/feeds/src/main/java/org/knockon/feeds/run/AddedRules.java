package org.knockon.feeds.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.knockon.feeds.publish.Delivery;
import org.knockon.feeds.publish.Publication;
import org.knockon.feeds.receive.Outbox;
import org.knockon.feeds.settings.BookingTables;
import org.knockon.feeds.settings.FeedSettings;
import org.knockon.feeds.settings.FeedsFile;
import org.knockon.feeds.settings.PseudonymSettings;
import org.knockon.feeds.state.FeedMemory;
import org.knockon.feeds.tables.AttributeHashes;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.schemas.FeedState;

/**
 * Applies rules that were added to the feeds file: appointments of a service that no rule named are published again under
 * the id that a rule gives it now. Only rules without {@code *}, because the attributes are known by their hashes alone.
 */
final class AddedRules {

    private static final int AT_ONCE = 1_000;

    private final FeedsFile file;
    private final FeedMemory memory;
    private final Outbox outbox;

    AddedRules(FeedsFile file, FeedMemory memory, Outbox outbox) {
        this.file = file;
        this.memory = memory;
        this.outbox = outbox;
    }

    /**
     * Publishes and remembers the new versions. No feed may be open yet.
     *
     * @return the number of appointments of each feed that a rule applies to; without those that have none
     * @throws KafkaException if the broker or the registry is away; the call may be repeated
     */
    Map<String, Integer> apply() {
        Map<String, Integer> applied = new HashMap<>();
        for (FeedSettings feed : file.feeds()) {
            FeedTables.tables(feed).ifPresent(tables -> {
                int count = apply(feed.name(), tables);
                if (count > 0) {
                    applied.put(feed.name(), count);
                }
            });
        }
        return applied;
    }

    private int apply(String feed, BookingTables tables) {
        Map<String, String> ids = new HashMap<>();
        List<String> ended = new ArrayList<>();
        AttributeHashes hashes = new AttributeHashes(
                file.pseudonyms().map(PseudonymSettings::hash).orElseThrow());
        for (FeedState.UnmappedService unmapped : memory.states(feed, FeedState.UnmappedService.class)) {
            hashes.id(tables.services().rules(), AttributeHashes.read(unmapped.attributes()))
                    .ifPresent(id -> {
                        ids.put(unmapped.serviceId(), id);
                        ended.add(unmapped.key());
                    });
        }
        if (ids.isEmpty()) {
            return 0;
        }
        List<AppointmentVersion> versions = memory.ofServices(ids.keySet()).stream()
                .map(version -> mapped(version, ids.get(version.serviceId())))
                .toList();
        for (int from = 0; from < versions.size(); from += AT_ONCE) {
            List<AppointmentVersion> some = versions.subList(from, Math.min(versions.size(), from + AT_ONCE));
            publish(new Publication(feed, "added-rules", some, List.of(), Optional.empty(), List.of(), List.of()));
            some.forEach(version -> memory.remember(version, ""));
        }
        // Last, so that a start that was interrupted is followed by one that does the rest.
        publish(new Publication(feed, "", List.of(), List.of(), Optional.empty(), List.of(), ended));
        ended.forEach(memory::end);
        return versions.size();
    }

    private void publish(Publication publication) {
        if (outbox.publish(List.of(publication)).join() != Delivery.ACKNOWLEDGED) {
            throw new KafkaException("no response from the broker or the registry");
        }
    }

    /** Of the same sequence, so that the next message of the sender wins as before. */
    private static AppointmentVersion mapped(AppointmentVersion version, String serviceId) {
        return new AppointmentVersion(
                version.appointmentId(),
                version.sequence(),
                version.status(),
                version.changeReason(),
                serviceId,
                version.slotStart(),
                version.slotEnd(),
                version.priority(),
                version.patientRef(),
                version.replaces(),
                version.updatedAt() + 1,
                version.dueIn());
    }
}
