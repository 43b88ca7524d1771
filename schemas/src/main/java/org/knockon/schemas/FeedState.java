package org.knockon.schemas;

import java.util.List;
import java.util.Set;
import org.knockon.impact.model.SystemStatus;

/** Value of {@code internal.feeds}: something that a feed must know again after a restart. */
public sealed interface FeedState {

    /** Name of the feed. */
    String feed();

    /** The record key, unique among all states of all feeds. */
    String key();

    /** Of a kind that only a newer version knows; it says nothing to this one. */
    record Unknown(String feed, String id) implements FeedState {

        @Override
        public String key() {
            return feed + "|unknown|" + id;
        }
    }

    /**
     * An alert that fires.
     *
     * @param fingerprint identifies the alert and its start
     * @param detail name of its rule
     * @param startsAt when it began to fire, epoch milliseconds
     * @param seenAt when it was last reported, epoch milliseconds
     */
    record FiringAlert(
            String feed,
            String fingerprint,
            String systemId,
            SystemStatus status,
            String detail,
            long startsAt,
            long seenAt)
            implements FeedState {

        @Override
        public String key() {
            return feed + "|alert|" + fingerprint;
        }
    }

    /**
     * The last state of a system that a feed reported. Its existence also says that the feed speaks for the system.
     *
     * @param observedAt epoch milliseconds
     */
    record LastState(String feed, String systemId, SystemStatus status, String detail, long observedAt)
            implements FeedState {

        @Override
        public String key() {
            return feed + "|system|" + systemId;
        }
    }

    /**
     * The newest messages about an appointment, by which a repeat is recognised.
     *
     * @param messages oldest first
     */
    record SeenMessages(String feed, String appointmentId, List<SeenMessage> messages) implements FeedState {

        public SeenMessages {
            messages = List.copyOf(messages);
        }

        @Override
        public String key() {
            return feed + "|messages|" + appointmentId;
        }
    }

    /**
     * A message.
     *
     * @param hash first 64 bits of the keyed hash of control id and content
     * @param receivedAt epoch milliseconds
     */
    record SeenMessage(long hash, long receivedAt) {}

    /**
     * A service that no rule maps yet. A rule that is added later can be applied by the hashes.
     *
     * @param attributes keyed hashes of the single attributes
     * @param seenAt when it was last named, epoch milliseconds
     */
    record UnmappedService(String feed, String serviceId, Set<String> attributes, long seenAt) implements FeedState {

        public UnmappedService {
            attributes = Set.copyOf(attributes);
        }

        @Override
        public String key() {
            return feed + "|service|" + serviceId;
        }
    }
}
