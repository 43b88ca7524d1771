package org.knockon.feeds.message;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Observation;

/**
 * What one message says, before anything is published.
 *
 * @param outcome PUBLISHED if there is something to publish; never UNAVAILABLE
 * @param refusal present exactly if the outcome is REFUSED
 * @param unmapped attributes that no rule fits, as written; only codes that may be shown
 */
public record MappedMessage(
        Outcome outcome,
        List<AppointmentVersion> appointments,
        List<Observation> observations,
        Optional<Refusal> refusal,
        Set<Flag> flags,
        List<String> unmapped) {

    public MappedMessage {
        appointments = List.copyOf(appointments);
        observations = List.copyOf(observations);
        flags = Set.copyOf(flags);
        unmapped = List.copyOf(unmapped);
    }

    public static MappedMessage appointment(AppointmentVersion version, Set<Flag> flags, List<String> unmapped) {
        return new MappedMessage(Outcome.PUBLISHED, List.of(version), List.of(), Optional.empty(), flags, unmapped);
    }

    public static MappedMessage observations(List<Observation> observations, Set<Flag> flags, List<String> unmapped) {
        return new MappedMessage(Outcome.PUBLISHED, List.of(), observations, Optional.empty(), flags, unmapped);
    }

    public static MappedMessage duplicate() {
        return nothing(Outcome.DUPLICATE, Set.of(), List.of());
    }

    public static MappedMessage ignored(Set<Flag> flags) {
        return nothing(Outcome.IGNORED, flags, List.of());
    }

    public static MappedMessage unmapped(Set<Flag> flags, List<String> unmapped) {
        return nothing(Outcome.UNMAPPED, flags, unmapped);
    }

    public static MappedMessage refused(RefusalReason reason, String where) {
        return new MappedMessage(
                Outcome.REFUSED, List.of(), List.of(), Optional.of(new Refusal(reason, where)), Set.of(), List.of());
    }

    private static MappedMessage nothing(Outcome outcome, Set<Flag> flags, List<String> unmapped) {
        return new MappedMessage(outcome, List.of(), List.of(), Optional.empty(), flags, unmapped);
    }

    /** Names the outcome, without the content, which must not appear in a log or a message. */
    @Override
    public String toString() {
        return "MappedMessage[" + outcome + "]";
    }
}
