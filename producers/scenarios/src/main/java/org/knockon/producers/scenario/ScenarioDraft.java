package org.knockon.producers.scenario;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.knockon.producers.yaml.Item;
import org.knockon.producers.yaml.Problems;

/** State that the parts of the parser share: the window, and everything defined so far by name. */
final class ScenarioDraft {
    final Problems problems;
    ZoneId zone = ZoneId.of("UTC");
    /** An invalid window accepts every time, so that one mistake is not reported a hundred times. */
    long from = Long.MIN_VALUE;

    long to = Long.MAX_VALUE;
    final Map<String, Organisation> organisations = new LinkedHashMap<>();
    final Map<String, Site> sites = new LinkedHashMap<>();
    final Map<String, Monitor> monitors = new LinkedHashMap<>();
    final Map<String, ScenarioSystem> systems = new LinkedHashMap<>();
    final Map<String, ScenarioService> services = new LinkedHashMap<>();

    private final Map<String, String> firstSeen = new HashMap<>();

    ScenarioDraft(Problems problems) {
        this.problems = problems;
    }

    /** Whether the id is new among its kind. A duplicate is reported. */
    boolean isNew(String kind, String id, Item item) {
        String first = firstSeen.putIfAbsent(kind + " " + id, item.path());
        if (first != null) {
            item.reject(kind + " '" + id + "' is defined twice", "the first is " + first);
        }
        return first == null;
    }

    /** A time in the window. A time outside it is reported. */
    long instant(Item item) {
        long at = item.instant(zone, Long.MIN_VALUE);
        if (at != Long.MIN_VALUE && (at < from || at > to)) {
            item.reject("'" + item.path() + "' is outside the window", "the window runs " + window());
        }
        return at == Long.MIN_VALUE ? Math.max(from, 0) : at;
    }

    LocalDate date(Item item) {
        LocalDate date = item.date(null);
        if (date == null) {
            return LocalDate.EPOCH;
        }
        long start = date.atStartOfDay(zone).toInstant().toEpochMilli();
        if (start < from || start >= to) {
            item.reject("'" + item.path() + "' is outside the window", "the window runs " + window());
        }
        return date;
    }

    private String window() {
        return "from " + day(from) + " to " + day(to - 1);
    }

    private LocalDate day(long at) {
        return Instant.ofEpochMilli(at).atZone(zone).toLocalDate();
    }
}
