package org.knockon.warroom.connection;

/**
 * How many may come in.
 *
 * @param inAll connections
 * @param ofOneAddress connections of one client address; 0 for no limit but {@code inAll}, where a proxy brings all of them
 * @param answers requests that are answered at once, streams and {@code /health/} left out
 */
public record ConnectionLimits(int inAll, int ofOneAddress, int answers) {}
