package org.knockon.producers.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.knockon.impact.model.SystemStatus;
import org.knockon.producers.yaml.Item;
import org.knockon.producers.yaml.Section;

/** Reads the failure script and checks that systems only come back after they failed. */
final class FailureParser {
    private static final Map<String, SystemStatus> VERBS = verbs();
    private static final String GROUP = "group:";

    private record Line(Failure failure, Item item) {}

    private final ScenarioDraft draft;
    private final Map<String, List<String>> groups = new LinkedHashMap<>();
    private final Set<String> selectors = new LinkedHashSet<>();

    private FailureParser(ScenarioDraft draft) {
        this.draft = draft;
        draft.systems
                .values()
                .forEach(system -> groups.computeIfAbsent(system.group(), g -> new ArrayList<>())
                        .add(system.id()));
        selectors.addAll(draft.systems.keySet());
        groups.keySet().forEach(group -> selectors.add(GROUP + group));
    }

    static List<Failure> read(ScenarioDraft draft, Item item) {
        FailureParser parser = new FailureParser(draft);
        List<Line> lines = new ArrayList<>();
        int before = draft.problems.count();
        for (Item entry : item.list()) {
            lines.add(new Line(parser.failure(entry), entry));
        }
        lines.sort(Comparator.comparingLong(line -> line.failure().at()));
        if (draft.problems.count() == before) {
            parser.checkSequence(lines);
        }
        return lines.stream().map(Line::failure).toList();
    }

    private static Map<String, SystemStatus> verbs() {
        Map<String, SystemStatus> verbs = new LinkedHashMap<>();
        verbs.put("down", SystemStatus.DOWN);
        verbs.put("degraded", SystemStatus.DEGRADED);
        verbs.put("maintenance", SystemStatus.MAINTENANCE);
        verbs.put("up", SystemStatus.UP);
        return verbs;
    }

    private Failure failure(Item item) {
        try (Section section = item.section()) {
            int before = draft.problems.count();
            long at = draft.instant(section.required("at"));
            Item untilItem = section.optional("until");
            long until = untilItem.present() ? draft.instant(untilItem) : 0;
            if (untilItem.present() && until <= at && draft.problems.count() == before) {
                untilItem.reject("the failure ends before it starts", "'until' must be later than 'at'");
            }
            SystemStatus status = null;
            List<String> systems = List.of();
            for (Map.Entry<String, SystemStatus> verb : VERBS.entrySet()) {
                Item targets = section.optional(verb.getKey());
                if (!targets.present()) {
                    continue;
                }
                if (status != null) {
                    section.rejectKey(verb.getKey(), "a second status in the same line", "write one line for each");
                }
                status = verb.getValue();
                systems = select(targets);
            }
            if (status == null) {
                section.reject("the status is missing", "add one of down, degraded, maintenance or up");
                status = SystemStatus.UP;
            }
            Item cascade = section.optional("cascade");
            if (status == SystemStatus.UP && (cascade.present() || untilItem.present())) {
                section.rejectKey(
                        cascade.present() ? "cascade" : "until",
                        "'up' cannot have 'cascade' or 'until'",
                        "list the systems that come back");
            }
            return new Failure(
                    at,
                    status,
                    systems,
                    section.optional("over").span(0),
                    cascade.span(0),
                    until,
                    section.optional("note").text(null));
        }
    }

    private List<String> select(Item targets) {
        Set<String> selected = new LinkedHashSet<>();
        for (Item target : targets.list()) {
            String name = target.reference("system or group", selectors, null);
            if (name != null) {
                selected.addAll(name.startsWith(GROUP) ? groups.get(name.substring(GROUP.length())) : List.of(name));
            }
        }
        return List.copyOf(selected);
    }

    /** Follows the script in order of time. A line that gives a system the status it already has is a mistake. */
    private void checkSequence(List<Line> lines) {
        Map<String, SystemStatus> now = new LinkedHashMap<>();
        Map<String, Long> endsAt = new LinkedHashMap<>();
        for (Line line : lines) {
            Failure failure = line.failure();
            endsAt.entrySet().removeIf(end -> {
                boolean over = end.getValue() <= failure.at();
                if (over) {
                    now.remove(end.getKey());
                }
                return over;
            });
            for (String system : failure.systems()) {
                SystemStatus before = now.getOrDefault(system, SystemStatus.UP);
                if (before == failure.status()) {
                    line.item().reject("'" + system + "' is already " + before + " at this time", "check 'at'");
                }
            }
            Set<String> hit = new HashSet<>(failure.systems());
            if (failure.cascade() > 0) {
                hit.addAll(Dependents.of(failure.systems(), draft.systems.values()));
            }
            for (String system : hit) {
                endsAt.remove(system);
                if (failure.status() == SystemStatus.UP) {
                    now.remove(system);
                } else {
                    now.put(system, failure.status());
                }
                if (failure.until() > 0) {
                    endsAt.put(system, failure.until());
                }
            }
        }
    }
}
