package org.knockon.feeds.fhir;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A request of a FHIR sender, read and split into entries, but not yet mapped. */
public final class FhirMessage {

    /** How the entries of a message depend on each other, and how they are answered. */
    enum Kind {
        /** One resource. */
        SINGLE,
        /** All or nothing, and the response lists the entries. */
        TRANSACTION,
        /** All or nothing. */
        MESSAGE,
        /** Each entry for itself, and the response lists the entries. */
        BATCH,
        /** Each entry for itself. */
        COLLECTION,
        /** A question about the feed itself, which says nothing of appointments. */
        METADATA
    }

    private final Kind kind;
    private final List<FhirEntry> entries;
    private final ResourceIndex resources;
    private final OptionalLong timestamp;

    FhirMessage(Kind kind, List<FhirEntry> entries, ResourceIndex resources, OptionalLong timestamp) {
        this.kind = kind;
        this.entries = List.copyOf(entries);
        this.resources = resources;
        this.timestamp = timestamp;
    }

    static FhirMessage single(FhirEntry entry) {
        return new FhirMessage(Kind.SINGLE, List.of(entry), ResourceIndex.empty(), OptionalLong.empty());
    }

    /** The appointments that the message changes. No other message about one of them may be mapped meanwhile. */
    public Set<String> appointmentIds() {
        return entries.stream()
                .flatMap(entry -> {
                    if (entry instanceof FhirEntry.Change change) {
                        return change.appointmentId().stream();
                    }
                    return entry instanceof FhirEntry.Deletion deletion ? Stream.of(deletion.id()) : Stream.empty();
                })
                .collect(Collectors.toUnmodifiableSet());
    }

    Kind kind() {
        return kind;
    }

    List<FhirEntry> entries() {
        return entries;
    }

    ResourceIndex resources() {
        return resources;
    }

    /** When the Bundle was made, in milliseconds since 1970. */
    OptionalLong timestamp() {
        return timestamp;
    }
}
