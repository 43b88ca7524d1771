package org.knockon.schemas.mapping;

import java.time.Instant;
import java.util.List;
import org.apache.avro.Schema;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;

/** {@code outages}. */
final class OutageMapping implements RecordMapping<PublishedOutage, org.knockon.avro.Outage> {

    private static final EnumMapping<Evidence, org.knockon.avro.Evidence> EVIDENCE =
            new EnumMapping<>(Evidence.class, org.knockon.avro.Evidence.class);

    @Override
    public Class<org.knockon.avro.Outage> avroType() {
        return org.knockon.avro.Outage.class;
    }

    @Override
    public Schema schema() {
        return org.knockon.avro.Outage.getClassSchema();
    }

    @Override
    public org.knockon.avro.Outage toAvro(PublishedOutage value) {
        Outage outage = value.outage();
        return new org.knockon.avro.Outage(
                outage.systemId(),
                Instant.ofEpochMilli(outage.startedAt()),
                outage.open() ? null : Instant.ofEpochMilli(outage.endedAt()),
                outage.planned(),
                EVIDENCE.toAvro(outage.evidence()),
                value.rootCauses(),
                value.rootCausesTotal(),
                value.affectedSystems(),
                value.affectedSystemsTotal(),
                value.affectedServices(),
                value.affectedServicesTotal(),
                Instant.ofEpochMilli(outage.confirmedAt()));
    }

    @Override
    public PublishedOutage fromAvro(org.knockon.avro.Outage record) {
        Instant endedAt = record.getEndedAt();
        return new PublishedOutage(
                new Outage(
                        record.getSystemId(),
                        record.getStartedAt().toEpochMilli(),
                        endedAt == null ? Outage.OPEN : endedAt.toEpochMilli(),
                        record.getPlanned(),
                        EVIDENCE.toCore(record.getEvidence()),
                        record.getConfirmedAt().toEpochMilli()),
                record.getRootCauses(),
                total(record.getRootCausesTotal(), record.getRootCauses()),
                record.getAffectedSystems(),
                total(record.getAffectedSystemsTotal(), record.getAffectedSystems()),
                record.getAffectedServices(),
                total(record.getAffectedServicesTotal(), record.getAffectedServices()));
    }

    /** A writer without the totals leaves the default 0, and its lists are complete. */
    private static int total(int total, List<String> list) {
        return Math.max(total, list.size());
    }
}
