package org.knockon.producers.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Requirement;
import org.knockon.producers.yaml.Item;
import org.knockon.producers.yaml.Section;

/** Reads the care services: tables of specialties by site, each with a book and a set of needs. */
final class CareParser {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");

    /** A need before {@code {site}} is filled in. */
    private record Need(Item item, String system, Capability capability, long tolerance) {}

    /** Values that the rows of a table share. */
    private record Table(
            Item idItem,
            String id,
            Item nameItem,
            String name,
            Category category,
            Book book,
            String needs,
            boolean isProtected) {}

    private final ScenarioDraft draft;
    private final Map<String, Book> books;
    private final Map<String, List<Need>> needs = new LinkedHashMap<>();

    private CareParser(ScenarioDraft draft, Map<String, Book> books) {
        this.draft = draft;
        this.books = books;
    }

    static void read(ScenarioDraft draft, Section top) {
        CareParser parser = new CareParser(draft, BookParser.read(top.required("books")));
        parser.needs(top.required("needs"));
        top.required("services").list().forEach(parser::table);
    }

    private void needs(Item item) {
        try (Section section = item.section()) {
            section.entries().forEach((name, list) -> {
                List<Need> set = new ArrayList<>();
                for (Item entry : list.list()) {
                    try (Section need = entry.section()) {
                        Item system = need.required("system");
                        set.add(new Need(
                                system,
                                system.text(""),
                                need.required("capability")
                                        .oneOf(Capability.class, known(Capability.values()), Capability.OTHER),
                                wholeMinutes(need.required("tolerance"))));
                    }
                }
                needs.put(name, set);
            });
        }
    }

    private static long wholeMinutes(Item item) {
        long span = item.span(0);
        if (span % Duration.ofMinutes(1).toMillis() != 0) {
            item.reject("'" + item.path() + "' is not a whole number of minutes", "records hold it in minutes");
        }
        return span;
    }

    private void table(Item item) {
        try (Section section = item.section()) {
            Item id = section.required("id");
            Item name = section.required("name");
            Category category =
                    section.required("category").oneOf(Category.class, known(Category.values()), Category.OTHER);
            Book book = books.get(section.required("book").reference("book", books.keySet(), ""));
            String needSet = section.required("needs").reference("set of needs", needs.keySet(), "");
            boolean isProtected = section.optional("protected").flag(false);
            Table table = new Table(id, id.text(""), name, name.text(""), category, book, needSet, isProtected);
            section.required("rows").list().forEach(row -> row(row, table));
        }
    }

    private void row(Item item, Table table) {
        try (Section section = item.section()) {
            String code = section.required("code").text("");
            String specialty = section.required("specialty").text("");
            boolean isProtected = section.optional("protected").flag(table.isProtected());
            String needSet = section.optional("needs").reference("set of needs", needs.keySet(), table.needs());
            Item weekly = section.required("weekly");
            try (Section volumes = weekly.section()) {
                volumes.entries().forEach((siteCode, volume) -> {
                    Site site = draft.sites.get(siteCode);
                    if (site == null) {
                        volumes.rejectUnknownKey(siteCode, "site", draft.sites.keySet());
                        return;
                    }
                    Map<String, String> words = Map.of("site", site.key(), "code", code, "specialty", specialty);
                    service(item, table, site, words, needSet, volume.number(0, 1_000_000, 0), isProtected);
                });
            }
        }
    }

    private void service(
            Item row,
            Table table,
            Site site,
            Map<String, String> words,
            String needSet,
            double weekly,
            boolean isProtected) {
        String id = fill(table.idItem(), table.id(), words);
        List<Requirement> requires = new ArrayList<>();
        for (Need need : needs.getOrDefault(needSet, List.of())) {
            String system = fill(need.item(), need.system(), words);
            if (!draft.systems.containsKey(system)) {
                // Reported at the need, so that one wrong word is reported once and not for each of a hundred services.
                need.item().reject("there is no system '" + system + "'", Item.suggest(system, draft.systems.keySet()));
            } else {
                requires.add(new Requirement(system, need.capability(), need.tolerance()));
            }
        }
        CareService service = new CareService(
                id,
                fill(table.nameItem(), table.name(), words),
                site.organisation(),
                site.code(),
                site.name(),
                words.get("code"),
                table.category(),
                requires);
        if (draft.isNew("service", id, row) && table.book() != null) {
            draft.services.put(id, new ScenarioService(service, table.book(), weekly, isProtected));
        }
    }

    private static String fill(Item item, String template, Map<String, String> words) {
        Matcher matcher = PLACEHOLDER.matcher(template);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            String word = words.get(matcher.group(1));
            if (word == null) {
                item.reject("unknown placeholder '" + matcher.group() + "'", "use {site}, {code} or {specialty}");
                word = matcher.group(1).toLowerCase(Locale.ROOT);
            }
            matcher.appendReplacement(filled, Matcher.quoteReplacement(word));
        }
        return matcher.appendTail(filled).toString();
    }

    /** All constants except UNKNOWN, which only readers of newer data use. */
    static <E extends Enum<E>> List<E> known(E[] constants) {
        return Arrays.stream(constants).filter(c -> !c.name().equals("UNKNOWN")).toList();
    }
}
