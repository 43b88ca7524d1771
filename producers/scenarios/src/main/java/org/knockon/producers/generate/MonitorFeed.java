package org.knockon.producers.generate;

import java.util.List;
import org.knockon.impact.interval.Intervals;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;
import org.knockon.producers.scenario.Monitor;
import org.knockon.producers.scenario.Scenario;

/** The observations that one monitor makes of one system, in order of time. */
final class MonitorFeed {

    private final int index;
    private final String systemId;
    private final Monitor monitor;
    private final List<SystemTimeline.Change> changes;
    private final Intervals silent;

    private long heartbeat;
    private int nextChange;
    private SystemStatus status = SystemStatus.UP;
    private String note;
    private long nextAt;

    /** @param silent when the monitor itself is down and reports nothing */
    MonitorFeed(
            int index, Scenario scenario, String systemId, SystemTimeline timeline, Monitor monitor, Intervals silent) {
        this.index = index;
        this.systemId = systemId;
        this.monitor = monitor;
        this.changes = timeline.changes();
        this.silent = silent;
        SeededRandom random = SeededRandom.of(scenario.seed(), systemId + " seen by " + monitor.id());
        this.heartbeat = scenario.from() + random.between(0, monitor.heartbeat()) / Millis.SECOND * Millis.SECOND;
        advance();
    }

    int index() {
        return index;
    }

    /** Time of the next observation. */
    long nextAt() {
        return nextAt;
    }

    Observation next() {
        Observation observation = new Observation(systemId, status, nextAt, monitor.id(), note);
        advance();
        return observation;
    }

    /** Moves on to the next instant at which this monitor is up and reports. */
    private void advance() {
        while (true) {
            boolean change =
                    nextChange < changes.size() && changes.get(nextChange).at() <= heartbeat;
            note = null;
            if (change) {
                SystemTimeline.Change next = changes.get(nextChange++);
                nextAt = next.at();
                status = next.status();
                note = next.note();
                if (nextAt == heartbeat) {
                    heartbeat += monitor.heartbeat();
                }
            } else {
                nextAt = heartbeat;
                heartbeat += monitor.heartbeat();
            }
            int silence = silent.indexOf(nextAt);
            if (silence < 0) {
                return;
            }
            skipSilence(silent.end(silence));
        }
    }

    /**
     * Heartbeats keep their rhythm. Changes during the silence are never reported; the first heartbeat after it shows
     * the new status.
     */
    private void skipSilence(long end) {
        if (heartbeat < end) {
            long missed = (end - heartbeat + monitor.heartbeat() - 1) / monitor.heartbeat();
            heartbeat += missed * monitor.heartbeat();
        }
        while (nextChange < changes.size() && changes.get(nextChange).at() < end) {
            status = changes.get(nextChange++).status();
        }
    }
}
