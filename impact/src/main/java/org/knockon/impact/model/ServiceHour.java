package org.knockon.impact.model;

import java.util.Optional;

/** A care service in one hour: the value of a SERVICE_HOUR cell, such as {@code cardiology/2022-07-19T14+01:00}. */
public record ServiceHour(String serviceId, SlotHour hour) {

    /** Follows the serviceId. A serviceId may contain it too, an hour never does, so the last one counts. */
    private static final char SEPARATOR = '/';

    /** Inverse of {@link #toString()}; empty for any other text. */
    public static Optional<ServiceHour> parse(String text) {
        int at = text.lastIndexOf(SEPARATOR);
        return at < 1
                ? Optional.empty()
                : SlotHour.parse(text.substring(at + 1)).map(hour -> new ServiceHour(text.substring(0, at), hour));
    }

    @Override
    public String toString() {
        return serviceId + SEPARATOR + hour;
    }
}
