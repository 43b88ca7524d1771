package org.knockon.producers.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.knockon.impact.interval.Intervals;
import org.knockon.impact.model.SystemStatus;

/** The real status of one system over the window, whether or not a monitor sees it. It starts UP. */
final class SystemTimeline {

    /** The status holds from this instant to the next change. */
    record Change(long at, SystemStatus status, String note) {}

    private final List<Change> changes;

    /**
     * @param changes in order of time; of several at one instant the last counts, and those that change nothing are
     *     dropped
     */
    SystemTimeline(List<Change> changes) {
        List<Change> real = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            boolean overruled = i + 1 < changes.size() && changes.get(i + 1).at() == change.at();
            SystemStatus before =
                    real.isEmpty() ? SystemStatus.UP : real.get(real.size() - 1).status();
            if (!overruled && change.status() != before) {
                real.add(change);
            }
        }
        this.changes = List.copyOf(real);
    }

    List<Change> changes() {
        return changes;
    }

    /** When it was DOWN. */
    Intervals down(long end) {
        return when(status -> status == SystemStatus.DOWN, end);
    }

    /**
     * When users could not work with it, for long enough to count.
     *
     * @param confirmAfter shorter interruptions do not count
     * @param recoverAfter shorter recoveries do not count
     */
    Intervals unavailable(long end, long confirmAfter, long recoverAfter) {
        Intervals all = when(SystemStatus::unavailable, end);
        List<Intervals> counted = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Intervals last = counted.isEmpty() ? Intervals.NONE : counted.get(counted.size() - 1);
            if (!last.isEmpty() && all.start(i) - last.end(0) < recoverAfter) {
                counted.set(counted.size() - 1, Intervals.of(last.start(0), all.end(i)));
            } else if (all.end(i) - all.start(i) >= confirmAfter) {
                counted.add(Intervals.of(all.start(i), all.end(i)));
            }
        }
        return Intervals.union(counted);
    }

    private Intervals when(Predicate<SystemStatus> condition, long end) {
        List<Intervals> matching = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            if (condition.test(changes.get(i).status())) {
                long until = i + 1 < changes.size() ? changes.get(i + 1).at() : end;
                matching.add(Intervals.of(changes.get(i).at(), until));
            }
        }
        return Intervals.union(matching);
    }
}
