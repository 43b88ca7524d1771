package org.knockon.producers.scenario;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.knockon.producers.yaml.Item;
import org.knockon.producers.yaml.Problems;
import org.knockon.producers.yaml.Section;
import org.knockon.producers.yaml.YamlFile;

/** Reads a scenario from YAML. docs/scenarios.md describes the format. */
public final class ScenarioParser {
    private ScenarioParser() {}

    /**
     * @param name name of the scenario
     * @param file file name for problems
     * @throws ScenarioException with all mistakes, each with its line
     */
    public static Scenario parse(String name, String file, String yaml) {
        Problems problems = new Problems(file);
        Item root = YamlFile.parse(file, yaml, problems, "start from 'knockon scenario export'");
        Scenario scenario = root.present() ? read(root, name, yaml, problems) : null;
        if (!problems.isEmpty()) {
            throw new ScenarioException(name, problems.all());
        }
        return scenario;
    }

    private static Scenario read(Item root, String name, String yaml, Problems problems) {
        ScenarioDraft draft = new ScenarioDraft(problems);
        try (Section top = root.section()) {
            String title = top.required("title").text("");
            String synthetic = top.required("synthetic").text("");
            List<Source> sources = sources(draft, top.optional("sources"));
            draft.zone = top.required("zone").zone(draft.zone);
            window(draft, top.required("window"));
            long seed = top.required("seed").whole(Long.MIN_VALUE, Long.MAX_VALUE, 0);
            EstateParser.read(draft, top);
            CareParser.read(draft, top);
            Set<LocalDate> closed = closed(draft, top.optional("closed"));
            List<Failure> failures = FailureParser.read(draft, top.required("failures"));
            List<RecordedWeek> recorded = RecordedWeekParser.read(draft, top.optional("recorded"));
            Reaction reaction = new ReactionParser(draft).read(top.required("reaction"), !recorded.isEmpty());
            Delivery delivery = delivery(top.required("delivery"));
            return new Scenario(
                    name,
                    digest(yaml),
                    title,
                    synthetic,
                    sources,
                    draft.zone,
                    draft.from,
                    draft.to,
                    seed,
                    List.copyOf(draft.organisations.values()),
                    List.copyOf(draft.sites.values()),
                    closed,
                    List.copyOf(draft.monitors.values()),
                    List.copyOf(draft.systems.values()),
                    List.copyOf(draft.services.values()),
                    failures,
                    reaction,
                    recorded,
                    delivery);
        }
    }

    private static void window(ScenarioDraft draft, Item item) {
        try (Section window = item.section()) {
            Item last = window.required("to");
            LocalDate from = window.required("from").date(null);
            LocalDate to = last.date(null);
            if (from == null || to == null) {
                return;
            }
            if (to.isBefore(from)) {
                last.reject("the window ends before it starts", "both days are inclusive; put the earlier one first");
                return;
            }
            draft.from = startOf(from, draft.zone);
            draft.to = startOf(to.plusDays(1), draft.zone);
        }
    }

    private static long startOf(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    private static List<Source> sources(ScenarioDraft draft, Item item) {
        List<Source> sources = new ArrayList<>();
        for (Item entry : item.list()) {
            try (Section section = entry.section()) {
                Item id = section.required("id");
                Source source = new Source(
                        id.text(""),
                        section.required("text").text(""),
                        section.optional("url").text(null));
                if (draft.isNew("source", source.id(), id)) {
                    sources.add(source);
                }
            }
        }
        return sources;
    }

    private static Set<LocalDate> closed(ScenarioDraft draft, Item item) {
        Set<LocalDate> days = new TreeSet<>();
        item.list().forEach(day -> days.add(draft.date(day)));
        return days;
    }

    private static Delivery delivery(Item item) {
        try (Section section = item.section()) {
            return new Delivery(channel(section.required("observations")), channel(section.required("appointments")));
        }
    }

    private static Delivery.Channel channel(Item item) {
        try (Section section = item.section()) {
            return new Delivery.Channel(
                    section.required("late").share(0),
                    section.required("upTo").span(0),
                    section.required("repeats").share(0));
        }
    }

    private static String digest(String yaml) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(yaml.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
