package org.knockon.feeds.message;

/** Which messages about an appointment came lately, so that one that is sent again changes nothing. */
@FunctionalInterface
public interface RecentMessages {

    /** @param digest keyed hash of the message's bytes, line ends made alike */
    boolean contains(String appointmentId, String digest);
}
