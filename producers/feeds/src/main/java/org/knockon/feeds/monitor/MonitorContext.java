package org.knockon.feeds.monitor;

import java.util.function.Predicate;

/**
 * What a map has to know beside the message and the state.
 *
 * @param receivedAt time of receipt, in milliseconds since 1970
 * @param listeningSince since when the feed has received every message, in milliseconds since 1970: since it opened its
 *     port, or since Kafka is back. Of earlier times a heartbeat says nothing, for alerts may be missing
 * @param inCatalogue whether a system id is in the catalogue
 */
public record MonitorContext(long receivedAt, long listeningSince, Predicate<String> inCatalogue) {}
