package org.knockon.feeds.settings;

/** One feed: one sender with one set of tables. */
public sealed interface FeedSettings
        permits Hl7Settings,
                FhirSettings,
                AlertSettings,
                IcingaSettings,
                KumaSettings,
                CloudEventsSettings,
                ProbeSettings {

    FeedIdentity identity();

    default String name() {
        return identity().name();
    }

    default FeedKind kind() {
        return identity().kind();
    }

    /** Whether a sender may post to {@code /feeds/NAME}. */
    default boolean receivesPosts() {
        return kind().http();
    }
}
