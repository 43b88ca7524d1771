package org.knockon.producers.generate;

import java.util.List;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;
import org.knockon.producers.scenario.Monitor;
import org.knockon.producers.scenario.Scenario;

/** One monitor's view of one system, told observation by observation in order of time. */
final class MonitorFeed {
    private static final long SECOND = 1_000L;

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

    MonitorFeed(int index, Scenario scenario, String systemId, SystemTimeline story, Monitor monitor, Intervals silent) {
        this.index = index;
        this.systemId = systemId;
        this.monitor = monitor;
        this.changes = story.changes();
        this.silent = silent;
        SeededRandom random = SeededRandom.of(scenario.seed(), systemId + " seen by " + monitor.id());
        this.heartbeat = scenario.from() + random.between(0, monitor.heartbeat()) / SECOND * SECOND;
        advance();
    }

    int index() {
        return index;
    }

    /** When the next observation is made; far in the future when there is none. */
    long nextAt() {
        return nextAt;
    }

    Observation next() {
        Observation observation = new Observation(systemId, status, nextAt, monitor.id(), note);
        advance();
        return observation;
    }

    /** Moves to the next instant at which this monitor is alive and has something to say. */
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
            Intervals.Span silence = silent.at(nextAt);
            if (silence == null) {
                return;
            }
            skipSilence(silence.end());
        }
    }

    /** Heartbeats keep their rhythm over the silence; changes within it are known when it ends, but were never reported. */
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
