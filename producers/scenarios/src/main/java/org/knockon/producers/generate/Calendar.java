package org.knockon.producers.generate;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.knockon.producers.scenario.Book;
import org.knockon.producers.scenario.Scenario;

/** Converts between days of the window, numbered from 0, local times and instants. */
final class Calendar {
    private final ZoneId zone;
    private final LocalDate first;
    private final int days;
    private final Set<LocalDate> closed;

    Calendar(Scenario scenario) {
        this.zone = scenario.zone();
        this.first = scenario.firstDay();
        this.days = (int) ChronoUnit.DAYS.between(first, scenario.lastDay()) + 1;
        this.closed = scenario.closed();
    }

    /** Number of days in the window. */
    int days() {
        return days;
    }

    LocalDate date(int day) {
        return first.plusDays(day);
    }

    int day(LocalDate date) {
        return (int) ChronoUnit.DAYS.between(first, date);
    }

    int day(long instant) {
        return day(Instant.ofEpochMilli(instant).atZone(zone).toLocalDate());
    }

    /**
     * The instant of a local time. A time that the clock skips that day is shifted by the length of the gap; of a time
     * that it shows twice, this is the first.
     */
    long at(int day, int minuteOfDay) {
        return date(day)
                .atStartOfDay()
                .plusMinutes(minuteOfDay)
                .atZone(zone)
                .toInstant()
                .toEpochMilli();
    }

    /** Whether a service with this book is open that day. Services that open on Sundays also open on closed days. */
    boolean open(int day, Book book) {
        LocalDate date = date(day);
        boolean everyDay = book.weekdays().getOrDefault(DayOfWeek.SUNDAY, 0.0) > 0;
        return book.weekdays().getOrDefault(date.getDayOfWeek(), 0.0) > 0 && (everyDay || !closed.contains(date));
    }
}
