package org.knockon.schemas.mapping;

import java.time.Instant;
import java.util.List;
import org.apache.avro.Schema;
import org.knockon.avro.CareImpact;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactState;
import org.knockon.impact.model.Priority;
import org.knockon.schemas.AssessedImpact;

/** {@code care-impacts}. */
final class ImpactMapping implements RecordMapping<AssessedImpact, CareImpact> {

    private static final EnumMapping<ImpactState, org.knockon.avro.ImpactState> STATE =
            new EnumMapping<>(ImpactState.class, org.knockon.avro.ImpactState.class);
    private static final EnumMapping<Category, org.knockon.avro.Category> CATEGORY =
            new EnumMapping<>(Category.class, org.knockon.avro.Category.class);
    private static final EnumMapping<Priority, org.knockon.avro.Priority> PRIORITY =
            new EnumMapping<>(Priority.class, org.knockon.avro.Priority.class);
    private static final EnumMapping<Capability, org.knockon.avro.Capability> CAPABILITY =
            new EnumMapping<>(Capability.class, org.knockon.avro.Capability.class);

    @Override
    public Class<CareImpact> avroType() {
        return CareImpact.class;
    }

    @Override
    public Schema schema() {
        return CareImpact.getClassSchema();
    }

    @Override
    public CareImpact toAvro(AssessedImpact value) {
        Impact impact = value.impact();
        return new CareImpact(
                STATE.toAvro(impact.state()),
                impact.serviceId(),
                impact.organisation(),
                impact.site(),
                CATEGORY.toAvro(impact.category()),
                PRIORITY.toAvro(impact.priority()),
                Instant.ofEpochMilli(impact.slotStart()),
                impact.outageIds(),
                impact.rootCauses(),
                CAPABILITY.toAvro(impact.capabilities()),
                TimeUnits.instant(impact.firstPostponedSlot()),
                TimeUnits.instant(impact.newSlot()),
                impact.delayMinutes(),
                impact.timesPostponed(),
                impact.outagesTotal(),
                impact.rootCausesTotal(),
                impact.historyTruncated(),
                Instant.ofEpochMilli(value.assessedAt()));
    }

    @Override
    public AssessedImpact fromAvro(CareImpact record) {
        Impact impact = new Impact(
                STATE.toCore(record.getState()),
                record.getServiceId(),
                record.getOrganisation(),
                record.getSite(),
                CATEGORY.toCore(record.getCategory()),
                PRIORITY.toCore(record.getPriority()),
                record.getSlotStart().toEpochMilli(),
                record.getOutageIds(),
                total(record.getOutagesTotal(), record.getOutageIds()),
                record.getRootCauses(),
                total(record.getRootCausesTotal(), record.getRootCauses()),
                CAPABILITY.toCore(record.getCapabilities()),
                TimeUnits.millis(record.getFirstPostponedSlot()),
                TimeUnits.millis(record.getNewSlot()),
                record.getDelayMinutes(),
                record.getTimesPostponed(),
                record.getHistoryTruncated());
        return new AssessedImpact(impact, record.getAssessedAt().toEpochMilli());
    }

    /** A writer without the totals leaves the default 0, and its lists are complete. */
    private static int total(int total, List<String> first) {
        return Math.max(total, first.size());
    }
}
