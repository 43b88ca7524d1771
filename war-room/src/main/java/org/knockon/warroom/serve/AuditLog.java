package org.knockon.warroom.serve;

import io.javalin.http.Context;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.knockon.warroom.access.AccessFilter;
import org.knockon.warroom.access.Caller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each view of single appointments on its own logger: who, what, how many and when, but never which appointments.
 */
final class AuditLog {

    /** As in the log of a web server. */
    private static final String NOT_AUTHENTICATED = "-";

    private static final Logger LOG = LoggerFactory.getLogger("org.knockon.audit");

    private final LongSupplier wallClock;

    AuditLog(LongSupplier wallClock) {
        this.wallClock = wallClock;
    }

    void appointmentsSeen(Context request, String form, String outageId, int rows) {
        Caller caller = AccessFilter.caller(request);
        LOG.info(
                "appointments seen: at={} who={} outage={} rows={} form={}",
                Instant.ofEpochMilli(wallClock.getAsLong()),
                oneLine(caller.authenticated() ? caller.name() : NOT_AUTHENTICATED),
                oneLine(outageId),
                rows,
                form);
    }

    /** Prevents a name from adding lines to the log. */
    private static String oneLine(String text) {
        return text.replaceAll("[\\s\\p{Cntrl}]+", "_");
    }
}
