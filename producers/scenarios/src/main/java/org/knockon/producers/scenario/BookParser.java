package org.knockon.producers.scenario;

import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.knockon.impact.model.Priority;
import org.knockon.producers.yaml.Item;
import org.knockon.producers.yaml.Section;

/** Reads the patterns of appointment books. */
final class BookParser {
    private BookParser() {}

    static Map<String, Book> read(Item item) {
        Map<String, Book> books = new LinkedHashMap<>();
        try (Section section = item.section()) {
            section.entries().forEach((name, entry) -> books.put(name, book(name, entry)));
        }
        return books;
    }

    private static Book book(String name, Item item) {
        try (Section section = item.section()) {
            Item lead = section.required("leadDays");
            double median;
            double ninetieth;
            try (Section spread = lead.section()) {
                median = spread.required("median").number(0.05, 1_000, 1);
                ninetieth = spread.required("ninetieth").number(0.05, 2_000, 2);
            }
            if (ninetieth < median) {
                lead.reject("the ninetieth percentile is less than the median", "swap them");
            }
            Item days = section.required("weekdays");
            Map<DayOfWeek, Double> weekdays = weekdays(days);
            someWeight(days, weekdays);
            Book book = new Book(
                    name,
                    weekdays,
                    numbered(section.required("hours"), 0, 23),
                    numbered(section.required("slotMinutes"), 1, 1_440),
                    weights(section.required("priorities"), Priority.class, CareParser.known(Priority.values())),
                    median,
                    ninetieth,
                    section.required("patientChanges").share(0),
                    section.required("providerChanges").share(0),
                    weekdays(section.required("noShow")));
            if (book.patientChanges() + book.providerChanges() > 1) {
                section.reject("patientChanges and providerChanges add up to more than 1", "");
            }
            return book;
        }
    }

    private static Map<DayOfWeek, Double> weekdays(Item item) {
        Map<DayOfWeek, Double> days = new EnumMap<>(DayOfWeek.class);
        List<String> names = Arrays.stream(DayOfWeek.values())
                .map(day -> day.name().substring(0, 3))
                .toList();
        try (Section section = item.section()) {
            section.entries().forEach((key, value) -> {
                int index = names.indexOf(key);
                if (index < 0) {
                    section.rejectUnknownKey(key, "day of the week", names);
                } else {
                    days.put(DayOfWeek.of(index + 1), value.number(0, 1_000_000, 0));
                }
            });
        }
        return days;
    }

    private static SortedMap<Integer, Double> numbered(Item item, int least, int most) {
        SortedMap<Integer, Double> weights = new TreeMap<>();
        try (Section section = item.section()) {
            section.entries().forEach((key, value) -> {
                if (!key.matches("\\d{1,4}") || Integer.parseInt(key) < least || Integer.parseInt(key) > most) {
                    section.rejectKey(key, "'" + key + "' is not a number from " + least + " to " + most, "");
                } else {
                    weights.put(Integer.parseInt(key), value.number(0, 1_000_000, 0));
                }
            });
            someWeight(item, weights);
        }
        return weights;
    }

    static <E extends Enum<E>> Map<E, Double> weights(Item item, Class<E> type, List<E> allowed) {
        Map<E, Double> weights = new EnumMap<>(type);
        List<String> names = allowed.stream().map(Enum::name).toList();
        try (Section section = item.section()) {
            section.entries().forEach((key, value) -> {
                if (names.contains(key)) {
                    weights.put(Enum.valueOf(type, key), value.number(0, 1_000_000, 0));
                } else {
                    section.rejectUnknownKey(key, "such key", names);
                }
            });
            someWeight(item, weights);
        }
        return weights;
    }

    private static void someWeight(Item item, Map<?, Double> weights) {
        if (item.present() && weights.values().stream().mapToDouble(w -> w).sum() <= 0) {
            item.reject("no weight in '" + item.path() + "' is greater than 0", "");
        }
    }
}
