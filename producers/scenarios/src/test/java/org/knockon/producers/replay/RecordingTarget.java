package org.knockon.producers.replay;

import java.util.ArrayList;
import java.util.List;
import org.knockon.producers.source.ReplayEvent;

/** Records sent events and commits, each with the wall-clock time. A test can make requests fail. */
final class RecordingTarget implements ReplayTarget {

    record Sent(long nanos, ReplayEvent event) {}

    record Committed(long nanos, long position) {}

    final List<Sent> sent = new ArrayList<>();
    final List<Committed> commits = new ArrayList<>();
    /** Before each commit. What it throws is the broker's answer. */
    Runnable onCommit = () -> {};

    /** Before each takeover; as above. */
    Runnable onTakeOver = () -> {};

    int takeOvers;
    private final WallClock clock;
    long published;
    private boolean open;

    RecordingTarget(WallClock clock, long start) {
        this.clock = clock;
        this.published = start;
    }

    @Override
    public long takeOver() {
        takeOvers++;
        onTakeOver.run();
        open = false;
        return published;
    }

    @Override
    public void begin() {
        if (open) {
            throw new IllegalStateException("a transaction is open already");
        }
        open = true;
    }

    @Override
    public void send(ReplayEvent event) {
        if (!open) {
            throw new IllegalStateException("no transaction is open");
        }
        sent.add(new Sent(clock.nanos(), event));
    }

    @Override
    public void commit(long position, long eventTime) {
        onCommit.run();
        published = position;
        open = false;
        commits.add(new Committed(clock.nanos(), position));
    }

    @Override
    public void close() {}
}
