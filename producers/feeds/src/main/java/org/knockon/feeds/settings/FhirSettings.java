package org.knockon.feeds.settings;

import java.util.Optional;

/**
 * FHIR R4 appointments over HTTP.
 *
 * @param identifier system of the identifier that is the appointment's id; without it the id of the resource is
 */
public record FhirSettings(FeedIdentity identity, BookingTables tables, Optional<String> identifier)
        implements FeedSettings {}
