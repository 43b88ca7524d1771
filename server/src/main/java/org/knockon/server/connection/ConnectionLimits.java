package org.knockon.server.connection;

/**
 * Maximum numbers of connections and requests.
 *
 * @param connections in total
 * @param perAddress connections of one client address; 0 for no such limit, as behind a proxy, where all share one
 *     address
 * @param requests processed at the same time, without streams and {@code /health/}
 */
public record ConnectionLimits(int connections, int perAddress, int requests) {}
