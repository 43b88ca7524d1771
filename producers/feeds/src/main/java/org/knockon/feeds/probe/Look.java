package org.knockon.feeds.probe;

import org.knockon.impact.model.SystemStatus;

/**
 * What one look at a target found.
 *
 * @param detail why the target is not UP, such as {@code timeout}; null for nothing to say
 */
public record Look(SystemStatus status, String detail) {

    static final Look UP = new Look(SystemStatus.UP, null);

    static Look down(String detail) {
        return new Look(SystemStatus.DOWN, detail);
    }
}
