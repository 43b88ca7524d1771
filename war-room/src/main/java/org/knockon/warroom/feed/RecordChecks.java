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
import org.knockon.schemas.limits.EventTimes;

/**
 * Rejects records that the pipeline cannot have written: one such record could move the board's clock far from all
 * other events, or fill a screen. The reason names the field and never quotes the record.
 *
 * <p>Not {@link org.knockon.schemas.limits.InputLimits}: that table is for the inputs of the pipeline, is stricter and
 * says nothing about its outputs, which make up most of the board.
 */
final class RecordChecks {

    /** Largest value in bytes: far more than the records of the catalogue and the pipeline need. */
    static final int MAX_VALUE_BYTES = 1024 * 1024;
    /** Longest id in UTF-8 bytes. */
    static final int MAX_ID_BYTES = 512;
    /** Longest name in UTF-8 bytes. */
    static final int MAX_NAME_BYTES = 1_000;

    private final LongSupplier latest;

    /** @param latest supplies the latest accepted time of counts, epoch milliseconds */
    RecordChecks(LongSupplier latest) {
        this.latest = latest;
    }

    static void size(String key, byte[] value) {
        id("key", key);
        require(
                value == null || value.length <= MAX_VALUE_BYTES,
                "the value is longer than " + MAX_VALUE_BYTES + " bytes");
    }

    CellCounts counts(CellCounts counts) {
        time("asOf", counts.asOf());
        require(counts.asOf() <= latest.getAsLong(), "asOf is in the future");
        return counts;
    }

    static Observation observation(Observation seen) {
        require(seen.monitor() != null, "monitor is missing");
        time("observedAt", seen.observedAt());
        id("systemId", seen.systemId());
        id("monitor", seen.monitor());
        return seen;
    }

    static PublishedOutage outage(String key, PublishedOutage published) {
        Outage outage = published.outage();
        require(outage.id().equals(key), "the key is not the id of the outage");
        time("startedAt", outage.startedAt());
        time("confirmedAt", outage.confirmedAt());
        if (!outage.open()) {
            time("endedAt", outage.endedAt());
            require(outage.endedAt() >= outage.startedAt(), "endedAt is before startedAt");
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
        require(EventTimes.accepts(instant, EventTimes.LATEST), field + " is outside the years 2000 to 2099");
    }

    private static void id(String field, String id) {
        shorter(field, id, MAX_ID_BYTES);
    }

    private static void name(String field, String name) {
        shorter(field, name, MAX_NAME_BYTES);
    }

    private static void shorter(String field, String text, int bytes) {
        require(
                text == null
                        || text.length() <= bytes / 3
                        || (text.length() <= bytes && text.getBytes(UTF_8).length <= bytes),
                field + " is longer than " + bytes + " bytes");
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new SerializationException(problem);
        }
    }
}
