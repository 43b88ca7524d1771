package org.knockon.producers.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Priority;
import org.knockon.producers.yaml.Item;
import org.knockon.producers.yaml.Section;

/** Reads the hospital's reaction. */
final class ReactionParser {
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final Reaction.Wait A_WEEK = new Reaction.Wait(7, 14);

    private final ScenarioDraft draft;

    ReactionParser(ScenarioDraft draft) {
        this.draft = draft;
    }

    /** @param weeksGiven the number of postponements is given week by week, so shares would contradict it */
    Reaction read(Item item, boolean weeksGiven) {
        try (Section section = item.section()) {
            Item phases = section.optional("phases");
            if (weeksGiven && phases.present()) {
                phases.reject("'recorded' and 'phases' both give the number of postponements", "leave one of them out");
            }
            return new Reaction(
                    section.required("noticeAfter").span(0),
                    section.required("cancelAhead").span(0),
                    phases(phases),
                    recordedAs(section.required("recordedAs")),
                    backEntry(section.required("backEntry")),
                    rebooking(section.required("rebooking"), weeksGiven),
                    wrong(section.required("wrongRecords")));
        }
    }

    private List<Reaction.Phase> phases(Item item) {
        List<Reaction.Phase> phases = new ArrayList<>();
        long free = Long.MIN_VALUE;
        for (Item entry : item.list()) {
            try (Section section = entry.section()) {
                Item first = section.required("from");
                Item last = section.required("to");
                int before = draft.problems.count();
                long from = draft.instant(first);
                long to = draft.instant(last);
                boolean bothKnown = draft.problems.count() == before;
                if (bothKnown && to <= from) {
                    last.reject("the phase ends before it starts", "'to' must be later than 'from'");
                } else if (bothKnown && from < free) {
                    first.reject("this phase overlaps the one before", "start where the last one ends");
                }
                free = Math.max(free, to);
                phases.add(new Reaction.Phase(from, to, shares(section.required("goAhead"))));
            }
        }
        return phases;
    }

    private static Map<Category, Double> shares(Item item) {
        List<Category> allowed = CareParser.known(Category.values());
        List<String> names = allowed.stream().map(Enum::name).toList();
        Map<Category, Double> shares = new EnumMap<>(Category.class);
        try (Section section = item.section()) {
            section.entries().forEach((key, value) -> {
                if (names.contains(key)) {
                    shares.put(Category.valueOf(key), value.share(1));
                } else {
                    section.rejectUnknownKey(key, "category", names);
                }
            });
        }
        return shares;
    }

    private static Reaction.RecordedAs recordedAs(Item item) {
        try (Section section = item.section()) {
            Reaction.RecordedAs weights = new Reaction.RecordedAs(
                    section.required("itOutage").number(0, 1_000, 1),
                    section.required("provider").number(0, 1_000, 0),
                    section.required("none").number(0, 1_000, 0));
            if (weights.itOutage() + weights.provider() + weights.none() <= 0) {
                section.reject("no weight is greater than 0", "");
            }
            return weights;
        }
    }

    private static Reaction.BackEntry backEntry(Item item) {
        try (Section section = item.section()) {
            Item ninetieth = section.required("ninetieth");
            Reaction.BackEntry entry = new Reaction.BackEntry(
                    section.required("promptly").share(1),
                    Math.max(MINUTE, section.required("median").span(MINUTE)),
                    ninetieth.span(MINUTE),
                    section.required("never").share(0));
            if (ninetieth.present() && entry.ninetieth() < entry.median()) {
                ninetieth.reject("the ninetieth percentile is less than the median", "swap them");
            }
            return entry;
        }
    }

    private Reaction.Rebooking rebooking(Item item, boolean weeksGiven) {
        try (Section section = item.section()) {
            Reaction.Rebooking rebooking = new Reaction.Rebooking(
                    draft.instant(section.required("from")),
                    (int) section.required("perDay").whole(0, 1_000_000, 0),
                    section.required("moved").number(0, 1_000, 1),
                    section.required("bookedAgain").number(0, 1_000, 0),
                    section.required("replaced").number(0, 1_000, 0),
                    section.required("never").share(0),
                    section.required("givenUp").share(0),
                    postponedAgain(section, weeksGiven),
                    waits(section.required("waitDays")));
            if (rebooking.moved() + rebooking.bookedAgain() + rebooking.replaced() <= 0) {
                section.reject("none of moved, bookedAgain and replaced is greater than 0", "");
            }
            if (rebooking.never() + rebooking.givenUp() > 1) {
                section.reject("'never' and 'givenUp' add up to more than 1", "");
            }
            return rebooking;
        }
    }

    private static double postponedAgain(Section section, boolean weeksGiven) {
        if (weeksGiven) {
            return section.required("postponedAgain").share(0);
        }
        if (section.optional("postponedAgain").present()) {
            section.rejectKey(
                    "postponedAgain",
                    "'postponedAgain' has no effect without 'recorded'",
                    "leave it out; the shares of the phases decide");
        }
        return 0;
    }

    private static Map<Priority, Reaction.Wait> waits(Item item) {
        Map<Priority, Reaction.Wait> waits = new EnumMap<>(Priority.class);
        try (Section section = item.section()) {
            for (Priority priority : CareParser.known(Priority.values())) {
                Item entry = section.required(priority.name());
                List<Item> ends = entry.list();
                if (entry.present() && ends.size() != 2) {
                    entry.reject("'" + entry.path() + "' needs two numbers of days", "write [7, 28]");
                }
                if (ends.size() != 2) {
                    waits.put(priority, A_WEEK);
                    continue;
                }
                int shortest = (int) ends.get(0).whole(1, 1_000, 7);
                int longest = (int) ends.get(1).whole(1, 1_000, 14);
                if (longest < shortest) {
                    entry.reject("the longest wait is shorter than the shortest", "swap them");
                    longest = shortest;
                }
                waits.put(priority, new Reaction.Wait(shortest, longest));
            }
        }
        return waits;
    }

    private static Reaction.WrongRecords wrong(Item item) {
        try (Section section = item.section()) {
            return new Reaction.WrongRecords(
                    section.required("enteredInError").share(0),
                    section.required("noShowCorrected").share(0),
                    section.required("reasonCorrected").share(0));
        }
    }
}
