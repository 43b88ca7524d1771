package org.knockon.schemas.mapping;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.knockon.avro.Monitoring;
import org.knockon.avro.Standard;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.ServiceStandard;

/** {@code systems}. Only the key carries the systemId, so values that are read have none. */
final class SystemMapping implements RecordMapping<MonitoredSystem, org.knockon.avro.MonitoredSystem> {

    /** Checked before the text is parsed: 1e999999 is short, but has a million digits. */
    private static final Pattern PERCENT = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,6})?");

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int PLACES = 6;

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
                TimeUnits.toSeconds("confirmAfter", policy.confirmAfter()),
                TimeUnits.toSeconds("recoverAfter", policy.recoverAfter()),
                TimeUnits.toSeconds("silenceAfter", policy.silenceAfter()));
    }

    private static MonitoringPolicy fromAvro(Monitoring monitoring) {
        return new MonitoringPolicy(
                TimeUnits.fromSeconds("confirmAfterSeconds", monitoring.getConfirmAfterSeconds()),
                TimeUnits.fromSeconds("recoverAfterSeconds", monitoring.getRecoverAfterSeconds()),
                TimeUnits.fromSeconds("silenceAfterSeconds", monitoring.getSilenceAfterSeconds()));
    }

    private static Standard toAvro(ServiceStandard standard) {
        return standard == null
                ? null
                : new Standard(percentText(standard.availabilityPercent()), standard.longestOutageMinutes());
    }

    private static ServiceStandard fromAvro(Standard standard) {
        return standard == null
                ? null
                : new ServiceStandard(percent(standard.getAvailabilityPercent()), standard.getLongestOutageMinutes());
    }

    private static String percentText(BigDecimal percent) {
        return percent == null ? null : requirePercent(percent).toPlainString();
    }

    private static BigDecimal percent(String text) {
        if (text == null) {
            return null;
        }
        if (!PERCENT.matcher(text).matches()) {
            throw notAPercentage();
        }
        return requirePercent(new BigDecimal(text));
    }

    private static BigDecimal requirePercent(BigDecimal percent) {
        if (percent.signum() < 0 || percent.compareTo(HUNDRED) > 0 || percent.scale() > PLACES) {
            throw notAPercentage();
        }
        return percent;
    }

    private static IllegalArgumentException notAPercentage() {
        return new IllegalArgumentException(
                "standard.availabilityPercent must be a decimal number from 0 to 100 such as 99.95, with at most "
                        + PLACES + " decimal places");
    }
}
