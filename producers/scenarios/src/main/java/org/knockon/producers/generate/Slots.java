package org.knockon.producers.generate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knockon.impact.model.Priority;
import org.knockon.producers.scenario.Book;
import org.knockon.producers.scenario.Scenario;

/** Draws slots of the services, and keeps the appointments of each day. */
final class Slots {

    /** @param minutes length of the slot */
    record Slot(long start, int minutes) {}

    private record Patterns(
            WeightedChoice<Integer> hour, WeightedChoice<Integer> minutes, WeightedChoice<Priority> priority) {}

    private final Scenario scenario;
    private final Calendar calendar;
    private final AppointmentLedger ledger;
    private final Map<String, Patterns> patterns = new LinkedHashMap<>();
    private final List<IntList> byDay = new ArrayList<>();

    Slots(Scenario scenario, Calendar calendar, AppointmentLedger ledger) {
        this.scenario = scenario;
        this.calendar = calendar;
        this.ledger = ledger;
        for (int day = 0; day < calendar.days(); day++) {
            byDay.add(new IntList());
        }
        scenario.services()
                .forEach(service -> patterns.computeIfAbsent(service.book().name(), name -> {
                    Book book = service.book();
                    return new Patterns(
                            new WeightedChoice<>(book.hours()),
                            new WeightedChoice<>(book.slotMinutes()),
                            new WeightedChoice<>(book.priorities()));
                }));
    }

    private Patterns patterns(int service) {
        return patterns.get(scenario.services().get(service).book().name());
    }

    /** Draws a slot on that day. Slots may coincide, because clinics see several patients at the same time. */
    Slot draw(int day, int service, SeededRandom random) {
        Patterns pattern = patterns(service);
        int minutes = pattern.minutes().pick(random);
        return new Slot(start(day, minutes, pattern, random), minutes);
    }

    /** Draws the start of a slot of the given length on that day. */
    long start(int day, int service, int minutes, SeededRandom random) {
        return start(day, minutes, patterns(service), random);
    }

    private long start(int day, int minutes, Patterns pattern, SeededRandom random) {
        int perHour = Math.max(1, 60 / minutes);
        int minute = pattern.hour().pick(random) * 60 + random.below(perHour) * Math.min(minutes, 60);
        return calendar.at(day, minute);
    }

    Priority priority(int service, SeededRandom random) {
        return patterns(service).priority().pick(random);
    }

    /** The first day, not before {@code earliest}, on which the service is open. */
    int workingDay(int earliest, int service) {
        Book book = scenario.services().get(service).book();
        int day = earliest;
        while (!calendar.open(day, book)) {
            day++;
        }
        return day;
    }

    /** Adds an appointment to the day of its slot; ignored if that day is after the window. */
    void add(int appointment) {
        int day = calendar.day(ledger.slotStart(appointment));
        if (day < byDay.size()) {
            byDay.get(day).add(appointment);
        }
    }

    /** Appointments of a day, in the order in which they were added. */
    IntList on(int day) {
        return byDay.get(day);
    }
}
