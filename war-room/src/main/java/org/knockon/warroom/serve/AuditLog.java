package org.knockon.warroom.serve;

import io.javalin.http.Context;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.knockon.warroom.access.AccessFilter;
import org.knockon.warroom.access.Caller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each view of single appointments, on a logger of its own: who, what, how much and when; never which appointments. */
final class AuditLog {

    /** As in the log of a web server. */
    private static final String NOBODY_WAS_ASKED = "-";

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
                oneLine(caller.known() ? caller.name() : NOBODY_WAS_ASKED),
                oneLine(outageId),
                rows,
                form);
    }

    /** Nobody writes a second line by his name. */
    private static String oneLine(String text) {
        return text.replaceAll("[\\s\\p{Cntrl}]+", "_");
    }
}
