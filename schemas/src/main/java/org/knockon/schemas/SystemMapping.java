package org.knockon.schemas;

import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.knockon.avro.Monitoring;
import org.knockon.avro.Standard;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.ServiceStandard;

/** {@code systems}; the systemId is in the key alone, so what is read has none. */
final class SystemMapping implements RecordMapping<MonitoredSystem, org.knockon.avro.MonitoredSystem> {

    @Override
    public Class<org.knockon.avro.MonitoredSystem> avroType() {
        return org.knockon.avro.MonitoredSystem.class;
    }

    @Override
    public Schema schema() {
        return org.knockon.avro.MonitoredSystem.getClassSchema();
    }

    @Override
    public org.knockon.avro.MonitoredSystem toAvro(MonitoredSystem value) {
        return new org.knockon.avro.MonitoredSystem(
                value.name(),
                value.organisation(),
                value.kind(),
                value.dependsOn().stream().sorted().toList(),
                toAvro(value.monitoring()),
                toAvro(value.standard()));
    }

    @Override
    public MonitoredSystem fromAvro(org.knockon.avro.MonitoredSystem record) {
        List<String> dependsOn = record.getDependsOn();
        return new MonitoredSystem(
                null,
                record.getName(),
                record.getOrganisation(),
                record.getKind(),
                Set.copyOf(dependsOn),
                fromAvro(record.getMonitoring()),
                fromAvro(record.getStandard()));
    }

    private static Monitoring toAvro(MonitoringPolicy policy) {
        return new Monitoring(
                Spans.toSeconds("confirmAfter", policy.confirmAfter()),
                Spans.toSeconds("recoverAfter", policy.recoverAfter()),
                Spans.toSeconds("silenceAfter", policy.silenceAfter()));
    }

    private static MonitoringPolicy fromAvro(Monitoring monitoring) {
        return new MonitoringPolicy(
                Spans.fromSeconds("confirmAfterSeconds", monitoring.getConfirmAfterSeconds()),
                Spans.fromSeconds("recoverAfterSeconds", monitoring.getRecoverAfterSeconds()),
                Spans.fromSeconds("silenceAfterSeconds", monitoring.getSilenceAfterSeconds()));
    }

    private static Standard toAvro(ServiceStandard standard) {
        return standard == null ? null : new Standard(standard.availabilityPercent(), standard.longestOutageMinutes());
    }

    private static ServiceStandard fromAvro(Standard standard) {
        return standard == null
                ? null
                : new ServiceStandard(standard.getAvailabilityPercent(), standard.getLongestOutageMinutes());
    }
}
