package org.knockon.impact.detection;

import static org.knockon.impact.Day.at;
import static org.knockon.impact.Day.minutes;

import java.util.ArrayList;
import java.util.List;
import org.knockon.impact.Day;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.SystemStatus;

/** A {@link Detection} to which tests add observations by time of day, together with its final outages. */
final class WatchedSystem {

    private static final String SYSTEM = "epr";

    final Detection detection;
    final List<Outage> finalOutages = new ArrayList<>();

    private WatchedSystem(MonitoringPolicy policy) {
        this.detection = new Detection(SYSTEM, policy);
    }

    static WatchedSystem under(MonitoringPolicy policy) {
        return new WatchedSystem(policy);
    }

    static MonitoringPolicy policy(long confirmMinutes, long recoverMinutes, long silenceMinutes) {
        return new MonitoringPolicy(minutes(confirmMinutes), minutes(recoverMinutes), minutes(silenceMinutes));
    }

    WatchedSystem sees(String time, SystemStatus status) {
        return sees(time, "probe", status);
    }

    WatchedSystem sees(String time, String monitor, SystemStatus status) {
        detection.observe(new Observation(SYSTEM, status, at(time), monitor, null), finalOutages::add);
        return this;
    }

    /** All outages, final or not, as they look at the given time. */
    List<Outage> outagesAt(String now) {
        List<Outage> outages = new ArrayList<>(finalOutages);
        outages.addAll(detection.judgedAt(at(now)).outages());
        return outages;
    }

    Outage onlyOutageAt(String now) {
        List<Outage> outages = outagesAt(now);
        if (outages.size() != 1) {
            throw new AssertionError("expected one outage at " + now + ", but there are " + outages);
        }
        return outages.get(0);
    }

    /** {@code 10:00-10:30}, or {@code 10:00-} for an open outage. */
    List<String> intervalsAt(String now) {
        return outagesAt(now).stream()
                .map(outage -> Day.time(outage.startedAt()) + "-" + (outage.open() ? "" : Day.time(outage.endedAt())))
                .toList();
    }
}
