package org.knockon.feeds.settings;

import java.util.Optional;

/**
 * FHIR R4 appointments over HTTP.
 *
 * @param identifier system of the identifier that is the appointment's id; without it the id of the resource is
 * @param dueIn url of the extension that holds the planned time of admission
 */
public record FhirSettings(
        FeedIdentity identity, BookingTables tables, Optional<String> identifier, Optional<String> dueIn)
        implements FeedSettings {}
