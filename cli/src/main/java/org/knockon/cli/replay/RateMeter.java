package org.knockon.cli.replay;

import java.util.ArrayDeque;
import java.util.Deque;

/** Measures how fast a number grew over the last seconds. */
final class RateMeter {

    private static final long WINDOW_NANOS = 5_000_000_000L;

    private record Mark(long nanos, long number) {}

    private final Deque<Mark> marks = new ArrayDeque<>();

    /** @param nanos time from {@link System#nanoTime} */
    void record(long nanos, long number) {
        marks.add(new Mark(nanos, number));
        while (marks.size() > 2 && marks.getFirst().nanos() < nanos - WINDOW_NANOS) {
            marks.removeFirst();
        }
    }

    double perSecond() {
        if (marks.size() < 2) {
            return 0;
        }
        double seconds = (marks.getLast().nanos() - marks.getFirst().nanos()) / 1e9;
        return seconds <= 0 ? 0 : (marks.getLast().number() - marks.getFirst().number()) / seconds;
    }
}
