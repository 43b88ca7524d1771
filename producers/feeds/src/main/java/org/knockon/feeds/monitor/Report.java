package org.knockon.feeds.monitor;

import org.knockon.impact.model.SystemStatus;

/**
 * What a monitor says of one alert or one checked object during a stretch of time. Times are milliseconds since 1970.
 *
 * @param object fingerprint of the alert, or name of the checked object
 * @param began the alert's own beginning as the sender wrote it; 0 for checked objects
 * @param from first instant for which the status holds
 * @param until first instant for which it no longer holds
 * @param ended whether the monitor itself ended it
 * @param last newest instant for which the monitor repeated it
 * @param settled last hard state of a checked object, which counts while a failure is not confirmed; else the status
 * @param detail name of the alert or check
 */
public record Report(
        String object,
        long began,
        SystemStatus status,
        long from,
        long until,
        boolean ended,
        long last,
        SystemStatus settled,
        String detail) {

    boolean holdsAt(long instant) {
        return from <= instant && instant < until;
    }

    Report endedAt(long instant) {
        return new Report(object, began, status, from, Math.min(until, instant), true, last, settled, detail);
    }

    Report repeatedAt(long instant, long newUntil) {
        return new Report(object, began, status, from, newUntil, ended, Math.max(last, instant), settled, detail);
    }
}
