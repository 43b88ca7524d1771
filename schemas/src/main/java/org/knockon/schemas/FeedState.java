package org.knockon.schemas;

import java.util.List;
import java.util.Set;

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
     * What a monitor has reported of a system so far. Its existence also says that the feed speaks for the system.
     *
     * @param reports JSON that only the feeds read
     * @param updatedAt receipt of the message that changed it, epoch milliseconds
     */
    record MonitorReports(String feed, String systemId, String reports, long updatedAt) implements FeedState {

        @Override
        public String key() {
            return feed + "|reports|" + systemId;
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
