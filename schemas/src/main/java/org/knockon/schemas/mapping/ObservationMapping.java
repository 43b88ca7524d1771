package org.knockon.schemas.mapping;

import java.time.Instant;
import org.apache.avro.Schema;
import org.knockon.avro.SystemHealth;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;

/** {@code system-health}. */
final class ObservationMapping implements RecordMapping<Observation, SystemHealth> {

    static final EnumMapping<SystemStatus, org.knockon.avro.SystemStatus> STATUS =
            new EnumMapping<>(SystemStatus.class, org.knockon.avro.SystemStatus.class);

    @Override
    public Class<SystemHealth> avroType() {
        return SystemHealth.class;
    }

    @Override
    public Schema schema() {
        return SystemHealth.getClassSchema();
    }

    @Override
    public SystemHealth toAvro(Observation value) {
        return new SystemHealth(
                value.systemId(),
                STATUS.toAvro(value.status()),
                Instant.ofEpochMilli(value.observedAt()),
                value.monitor(),
                value.detail());
    }

    @Override
    public Observation fromAvro(SystemHealth record) {
        return new Observation(
                record.getSystemId(),
                STATUS.toCore(record.getStatus()),
                record.getObservedAt().toEpochMilli(),
                record.getMonitor(),
                record.getDetail());
    }
}
