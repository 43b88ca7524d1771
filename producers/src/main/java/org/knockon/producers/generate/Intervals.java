package org.knockon.producers.generate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Maximal half-open intervals of time, in order. */
final class Intervals {
    static final Intervals NONE = new Intervals(List.of());

    /** [start, end). */
    record Span(long start, long end) {}

    private final List<Span> spans;

    private Intervals(List<Span> spans) {
        this.spans = spans;
    }

    static Intervals of(Collection<Span> pieces) {
        List<Span> sorted = new ArrayList<>(pieces);
        sorted.removeIf(span -> span.end() <= span.start());
        sorted.sort(Comparator.comparingLong(Span::start));
        List<Span> merged = new ArrayList<>();
        for (Span span : sorted) {
            Span last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && span.start() <= last.end()) {
                merged.set(merged.size() - 1, new Span(last.start(), Math.max(last.end(), span.end())));
            } else {
                merged.add(span);
            }
        }
        return new Intervals(List.copyOf(merged));
    }

    static Intervals union(Collection<Intervals> parts) {
        return of(parts.stream().flatMap(part -> part.spans.stream()).toList());
    }

    /** Each interval without its first part. */
    Intervals cutFront(long length) {
        return of(spans.stream()
                .map(span -> new Span(span.start() + length, span.end()))
                .toList());
    }

    /** Each interval longer by the margin at both ends. */
    Intervals widened(long margin) {
        return of(spans.stream()
                .map(span -> new Span(span.start() - margin, span.end() + margin))
                .toList());
    }

    boolean isEmpty() {
        return spans.isEmpty();
    }

    List<Span> spans() {
        return spans;
    }

    /** The interval that holds the instant, or null. */
    Span at(long instant) {
        for (Span span : spans) {
            if (span.start() <= instant && instant < span.end()) {
                return span;
            }
        }
        return null;
    }

    boolean contains(long instant) {
        return at(instant) != null;
    }
}
