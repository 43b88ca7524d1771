package org.knockon.benchmarks.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.knockon.benchmarks.harness.Estate;
import org.knockon.benchmarks.harness.ServiceGroup;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactState;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Rules;
import org.knockon.oracle.BatchOracle;
import org.knockon.oracle.Inputs;

/** Compares the sampled appointments with the batch oracle. */
final class OracleCheck {

    /** A slot that begins about now may be assessed just before its start or just after. */
    private static final long ABOUT_NOW_MILLIS = Duration.ofMinutes(5).toMillis();

    private OracleCheck() {}

    /**
     * @param now wall clock when the app was idle, epoch milliseconds
     * @return one line for each appointment whose impact differs
     */
    static List<String> differences(
            Estate estate,
            List<ServiceGroup> groups,
            Collection<Observation> observations,
            List<AppointmentVersion> versions,
            Map<String, Impact> impacts,
            long now) {
        Map<String, MonitoredSystem> systems = new HashMap<>();
        Map<String, CareService> services = new HashMap<>();
        for (ServiceGroup group : groups) {
            estate.systems(group).forEach(system -> systems.put(system.systemId(), system));
            estate.services(group).forEach(service -> services.put(service.serviceId(), service));
        }
        Map<String, Impact> expected = BatchOracle.judge(
                        new Inputs(systems, services, observations, versions, now), Rules.DEFAULT)
                .impacts();
        Set<String> judged = versions.stream()
                .filter(version -> Math.abs(version.slotStart() - now) > ABOUT_NOW_MILLIS)
                .map(AppointmentVersion::appointmentId)
                .collect(Collectors.toSet());
        versions.stream()
                .filter(version -> Math.abs(version.slotStart() - now) <= ABOUT_NOW_MILLIS)
                .map(AppointmentVersion::appointmentId)
                .forEach(judged::remove);
        List<String> differences = new ArrayList<>();
        for (String id : judged) {
            Impact ours = impacts.get(id);
            Impact oracles = expected.get(id);
            boolean nothing = ours == null || ours.state() == ImpactState.NONE;
            if (nothing ? oracles != null : !ours.equals(oracles)) {
                differences.add(id + ": published " + ours + ", expected " + oracles);
            }
        }
        return differences;
    }
}
