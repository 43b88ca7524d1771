package org.knockon.oracle;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.ImpactState;
import org.knockon.impact.model.PublishedOutage;

/**
 * Compares a verdict with actual results. A null value (a tombstone), an impact with state NONE and counts that are all
 * zero are the same as no entry.
 *
 * @param differences one sentence per key that differs: outages, then impacts, then counts, each ordered by key
 */
public record Comparison(List<String> differences) {

    public Comparison {
        differences = List.copyOf(differences);
    }

    public static Comparison of(
            Verdict expected,
            Map<String, PublishedOutage> outages,
            Map<String, Impact> impacts,
            Map<String, ImpactCounts> counts) {
        List<String> differences = new ArrayList<>();
        compare("outage ", expected.outages(), outages, outage -> true, differences);
        compare("impact of ", expected.impacts(), impacts, impact -> impact.state() != ImpactState.NONE, differences);
        compare("counts of ", expected.counts(), counts, count -> !count.equals(ImpactCounts.ZERO), differences);
        return new Comparison(differences);
    }

    public boolean matches() {
        return differences.isEmpty();
    }

    /** The number of differences and the first {@code atMost} of them, one per line. */
    public String describe(int atMost) {
        if (matches()) {
            return "no differences";
        }
        StringBuilder text =
                new StringBuilder(differences.size() + (differences.size() == 1 ? " difference:" : " differences:"));
        differences.stream()
                .limit(atMost)
                .forEach(difference -> text.append("\n  ").append(difference));
        if (differences.size() > atMost) {
            text.append("\n  and ").append(differences.size() - atMost).append(" more");
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return describe(20);
    }

    private static <T extends Record> void compare(
            String what,
            Map<String, T> expected,
            Map<String, T> found,
            Predicate<T> present,
            List<String> differences) {
        Map<String, T> want = presentOnly(expected, present);
        Map<String, T> have = presentOnly(found, present);
        var keys = new TreeSet<>(want.keySet());
        keys.addAll(have.keySet());
        for (String key : keys) {
            T one = want.get(key);
            T other = have.get(key);
            if (one == null) {
                differences.add(what + key + ": expected none, found " + other);
            } else if (other == null) {
                differences.add(what + key + ": expected " + one + ", found none");
            } else if (!one.equals(other)) {
                List<String> fields = new ArrayList<>();
                compareFields(one, other, fields);
                differences.add(what + key + ": " + String.join("; ", fields));
            }
        }
    }

    private static <T> Map<String, T> presentOnly(Map<String, T> all, Predicate<T> present) {
        Map<String, T> some = new HashMap<>();
        all.forEach((key, value) -> {
            if (value != null && present.test(value)) {
                some.put(key, value);
            }
        });
        return some;
    }

    private static void compareFields(Record expected, Record found, List<String> fields) {
        for (RecordComponent component : expected.getClass().getRecordComponents()) {
            Object want = read(component, expected);
            Object have = read(component, found);
            if (want instanceof Record inner && have instanceof Record otherInner) {
                compareFields(inner, otherInner, fields);
            } else if (!Objects.equals(want, have)) {
                fields.add(component.getName() + " expected " + want + ", found " + have);
            }
        }
    }

    private static Object read(RecordComponent component, Record from) {
        try {
            return component.getAccessor().invoke(from);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + component.getName() + " of " + from, e);
        }
    }
}
