package org.knockon.warroom.drill;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.ImpactState;
import org.knockon.warroom.board.AffectedAppointments;

/**
 * Appointments of one outage with the same category or specialty.
 *
 * @param value a category, or a treatment function code, which is empty where the catalogue does not name the care
 *     service
 * @param states number of appointments per state; only states that occur
 * @param delayMinutes sum over REBOOKED and RECOVERED
 */
record Tally(String value, Map<ImpactState, Long> states, long delayMinutes) {

    /** Sorted by category. */
    static List<Tally> byCategory(List<AffectedAppointments.Row> rows) {
        return by(row -> row.category().name(), rows);
    }

    /**
     * Sorted by treatment function code.
     *
     * @param services by id
     */
    static List<Tally> bySpecialty(List<AffectedAppointments.Row> rows, Map<String, CareService> services) {
        return by(row -> specialty(row, services), rows);
    }

    /** Empty if the catalogue does not name the care service. */
    static String specialty(AffectedAppointments.Row row, Map<String, CareService> services) {
        CareService service = services.get(row.serviceId());
        return service == null ? "" : service.specialty();
    }

    /** The same numbers as in a cell of the topic. */
    ImpactCounts counts() {
        return new ImpactCounts(
                of(ImpactState.AT_RISK),
                of(ImpactState.UNCONFIRMED),
                of(ImpactState.DELIVERED_IN_DOWNTIME),
                of(ImpactState.AWAITING_DATE),
                of(ImpactState.REBOOKED),
                of(ImpactState.RECOVERED),
                of(ImpactState.ABANDONED),
                delayMinutes);
    }

    private long of(ImpactState state) {
        return states.getOrDefault(state, 0L);
    }

    private static List<Tally> by(
            Function<AffectedAppointments.Row, String> shared, List<AffectedAppointments.Row> rows) {
        Map<String, Map<ImpactState, Long>> states = new TreeMap<>();
        Map<String, Long> delays = new TreeMap<>();
        for (AffectedAppointments.Row row : rows) {
            String value = shared.apply(row);
            states.computeIfAbsent(value, unknown -> new EnumMap<>(ImpactState.class))
                    .merge(row.state(), 1L, Long::sum);
            delays.merge(value, row.delayMinutes() == null ? 0 : row.delayMinutes(), Long::sum);
        }
        return states.entrySet().stream()
                .map(sum -> new Tally(sum.getKey(), sum.getValue(), delays.get(sum.getKey())))
                .toList();
    }
}
