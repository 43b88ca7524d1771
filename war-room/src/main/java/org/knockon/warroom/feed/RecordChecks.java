package org.knockon.warroom.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collection;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.SerializationException;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.schemas.CellCounts;

/**
 * Refuses what the pipeline cannot have written: one such record would move the clock of the board to where nothing else is, or fill a
 * screen. What is refused is named in words, and nothing of the record is quoted.
 */
final class RecordChecks {

    /** Bytes of a value: the catalogue's and the pipeline's own records are smaller by far. */
    static final int MOST_BYTES = 1024 * 1024;
    /** Bytes of an id in UTF-8. */
    static final int MOST_OF_ID = 512;
    /** Bytes of a name in UTF-8. */
    static final int MOST_OF_NAME = 1_000;

    /** The years 2000 to 2099, epoch milliseconds: the unit of a time that lies outside was mistaken. */
    private static final long FIRST = 946_684_800_000L;

    private static final long LAST = 4_102_444_800_000L - 1;

    private final LongSupplier latest;

    /** @param latest the latest instant at which counts may stand, epoch milliseconds */
    RecordChecks(LongSupplier latest) {
        this.latest = latest;
    }

    static void size(String key, byte[] value) {
        id("key", key);
        require(value == null || value.length <= MOST_BYTES, "the value is longer than " + MOST_BYTES + " bytes");
    }

    CellCounts counts(CellCounts counts) {
        time("asOf", counts.asOf());
        require(counts.asOf() <= latest.getAsLong(), "asOf lies in the future");
        return counts;
    }

    static Observation observation(Observation seen) {
        require(seen.monitor() != null, "no monitor is named");
        time("observedAt", seen.observedAt());
        id("systemId", seen.systemId());
        id("monitor", seen.monitor());
        return seen;
    }

    static PublishedOutage outage(String key, PublishedOutage published) {
        Outage outage = published.outage();
        require(outage.id().equals(key), "the key is not that of the outage");
        time("startedAt", outage.startedAt());
        time("confirmedAt", outage.confirmedAt());
        if (!outage.open()) {
            time("endedAt", outage.endedAt());
            require(outage.endedAt() >= outage.startedAt(), "endedAt lies before startedAt");
        }
        ids("rootCauses", published.rootCauses());
        ids("affectedSystems", published.affectedSystems());
        ids("affectedServices", published.affectedServices());
        return published;
    }

    static MonitoredSystem system(MonitoredSystem system) {
        name("name", system.name());
        return system;
    }

    static CareService service(CareService service) {
        name("name", service.name());
        name("siteName", service.siteName());
        id("site", service.site());
        return service;
    }

    private static void ids(String field, Collection<String> ids) {
        ids.forEach(id -> id(field, id));
    }

    private static void time(String field, long instant) {
        require(instant >= FIRST && instant <= LAST, field + " lies outside the years 2000 to 2099");
    }

    private static void id(String field, String id) {
        shorter(field, id, MOST_OF_ID);
    }

    private static void name(String field, String name) {
        shorter(field, name, MOST_OF_NAME);
    }

    private static void shorter(String field, String text, int bytes) {
        require(
                text == null
                        || text.length() <= bytes / 3
                        || (text.length() <= bytes && text.getBytes(UTF_8).length <= bytes),
                field + " is longer than " + bytes + " bytes");
    }

    private static void require(boolean right, String otherwise) {
        if (!right) {
            throw new SerializationException(otherwise);
        }
    }
}
