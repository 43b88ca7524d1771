package org.knockon.producers.scenario;

import java.time.DayOfWeek;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.knockon.impact.model.Priority;

/**
 * Pattern of the appointments of a kind of service: how they spread over time, and what happens to them on ordinary
 * days. Weights need not add up to 1.
 *
 * @param weekdays weight of each day of the week
 * @param hours weight of each hour of the day, 0 to 23
 * @param slotMinutes weight of each slot length in minutes
 * @param priorities weight of each priority
 * @param leadMedianDays half of all appointments are booked at most this long ahead
 * @param leadNinetiethDays nine in ten are booked at most this long ahead
 * @param patientChanges share cancelled or moved by the patient
 * @param providerChanges share cancelled or moved by the hospital for everyday reasons
 * @param noShow share of patients who do not come, by day of the week
 */
public record Book(
        String name,
        Map<DayOfWeek, Double> weekdays,
        SortedMap<Integer, Double> hours,
        SortedMap<Integer, Double> slotMinutes,
        Map<Priority, Double> priorities,
        double leadMedianDays,
        double leadNinetiethDays,
        double patientChanges,
        double providerChanges,
        Map<DayOfWeek, Double> noShow) {
    public Book {
        weekdays = ordered(DayOfWeek.class, weekdays);
        hours = Collections.unmodifiableSortedMap(new TreeMap<>(hours));
        slotMinutes = Collections.unmodifiableSortedMap(new TreeMap<>(slotMinutes));
        priorities = ordered(Priority.class, priorities);
        noShow = ordered(DayOfWeek.class, noShow);
    }

    /** In declaration order, so that generation never depends on hash order. */
    private static <K extends Enum<K>> Map<K, Double> ordered(Class<K> type, Map<K, Double> map) {
        Map<K, Double> copy = new EnumMap<>(type);
        copy.putAll(map);
        return Collections.unmodifiableMap(copy);
    }
}
