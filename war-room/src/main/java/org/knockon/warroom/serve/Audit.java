package org.knockon.warroom.serve;

import io.javalin.http.Context;
import java.time.Instant;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each view of single appointments, on a logger of its own: who, what, how much and when; never which appointments. */
final class Audit {

    /** Attribute of a request that names who asks; absent where nobody was asked, on the machine itself. */
    static final String CALLER = "knockon.caller";

    private static final Logger LOG = LoggerFactory.getLogger("org.knockon.audit");

    private final LongSupplier wallClock;

    Audit(LongSupplier wallClock) {
        this.wallClock = wallClock;
    }

    void appointmentsSeen(Context request, String form, String outageId, int rows) {
        String caller = Objects.requireNonNullElse(request.<String>attribute(CALLER), "loopback");
        LOG.info(
                "appointments seen: at={} who={} outage={} rows={} form={}",
                Instant.ofEpochMilli(wallClock.getAsLong()),
                oneLine(caller),
                oneLine(outageId),
                rows,
                form);
    }

    /** Nobody writes a second line by his name. */
    private static String oneLine(String text) {
        return text.replaceAll("[\\s\\p{Cntrl}]+", "_");
    }
}
