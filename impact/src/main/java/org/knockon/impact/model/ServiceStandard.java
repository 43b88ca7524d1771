package org.knockon.impact.model;

import java.math.BigDecimal;

/**
 * The minimum standard promised for a system.
 *
 * @param availabilityPercent share of time the system must be available, from 0 to 100; exact, without trailing zeros;
 *     null when none was promised
 * @param longestOutageMinutes longest single outage that the standard allows
 */
public record ServiceStandard(BigDecimal availabilityPercent, int longestOutageMinutes) {

    public ServiceStandard {
        availabilityPercent = availabilityPercent == null ? null : availabilityPercent.stripTrailingZeros();
    }
}
