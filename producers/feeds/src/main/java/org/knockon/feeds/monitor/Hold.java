package org.knockon.feeds.monitor;

/**
 * How long the last state of a system is repeated if the monitor has no heartbeat.
 *
 * @param duration after the monitor's last message about the system, in milliseconds
 * @param refresh pause between repetitions, in milliseconds
 */
public record Hold(long duration, long refresh) {}
