package org.knockon.impact.model;

/**
 * The minimum standard a system was promised to keep.
 *
 * @param availabilityPercent of all time
 * @param longestOutageMinutes for any single outage
 */
public record ServiceStandard(double availabilityPercent, int longestOutageMinutes) {}
