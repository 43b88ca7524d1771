package org.knockon.feeds.settings;

import java.util.Locale;

/** What a feed sends. */
public enum FeedKind {
    HL7,
    FHIR,
    ALERTMANAGER,
    GRAFANA,
    ICINGA,
    KUMA,
    CLOUDEVENTS,
    PROBE;

    /** As in the feeds file, such as {@code hl7}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether senders use {@code /feeds/NAME} of the HTTP server. */
    public boolean http() {
        return this != HL7 && this != PROBE;
    }
}
