package org.knockon.producers.generate;

import java.util.ArrayList;
import java.util.List;
import org.knockon.impact.model.SystemStatus;

/** What truly happens to one system over the window, whoever sees it. Starts UP. */
final class SystemTimeline {

    /** The status holds from here to the next change. */
    record Change(long at, SystemStatus status, String note) {}

    private final List<Change> changes;

    /** @param changes in order of time; of several at one instant the last holds, and what changes nothing is dropped */
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
        return spans(end, List.of(SystemStatus.DOWN));
    }

    /**
     * When users were kept out, as far as it lasted long enough to be believed.
     *
     * @param confirmAfter shorter spells do not count
     * @param recoverAfter shorter returns do not count
     */
    Intervals unavailable(long end, long confirmAfter, long recoverAfter) {
        List<Intervals.Span> spans = new ArrayList<>();
        for (Intervals.Span span :
                spans(end, List.of(SystemStatus.DOWN, SystemStatus.MAINTENANCE)).spans()) {
            Intervals.Span last = spans.isEmpty() ? null : spans.get(spans.size() - 1);
            if (last != null && span.start() - last.end() < recoverAfter) {
                spans.set(spans.size() - 1, new Intervals.Span(last.start(), span.end()));
            } else if (span.end() - span.start() >= confirmAfter) {
                spans.add(span);
            }
        }
        return Intervals.of(spans);
    }

    private Intervals spans(long end, List<SystemStatus> counted) {
        List<Intervals.Span> spans = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            if (counted.contains(changes.get(i).status())) {
                long until = i + 1 < changes.size() ? changes.get(i + 1).at() : end;
                spans.add(new Intervals.Span(changes.get(i).at(), until));
            }
        }
        return Intervals.of(spans);
    }
}
