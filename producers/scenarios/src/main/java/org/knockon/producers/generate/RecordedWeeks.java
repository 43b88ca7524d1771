package org.knockon.producers.generate;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.knockon.impact.model.Category;
import org.knockon.producers.scenario.RecordedWeek;
import org.knockon.producers.scenario.Scenario;
import org.knockon.producers.scenario.ScenarioException;
import org.knockon.producers.scenario.ScenarioService;

/**
 * Chooses, week by week, exactly as many appointments as the hospital published as postponed. Only slots in which the
 * service really lacks a system beyond its tolerance qualify, so that the outage explains each of them, whatever reason
 * is recorded.
 */
final class RecordedWeeks {
    private static final Set<Category> OUTPATIENT = Set.of(Category.OUTPATIENT);
    private static final Set<Category> ELECTIVE = Set.of(Category.THEATRE, Category.DAY_CASE);

    private record Ranked(int appointment, long rank) {}

    private final Scenario scenario;
    private final Calendar calendar;
    private final AppointmentLedger ledger;
    private final Slots slots;
    private final List<ServiceDowntime> downtimes;

    RecordedWeeks(
            Scenario scenario,
            Calendar calendar,
            AppointmentLedger ledger,
            Slots slots,
            List<ServiceDowntime> downtimes) {
        this.scenario = scenario;
        this.calendar = calendar;
        this.ledger = ledger;
        this.slots = slots;
        this.downtimes = downtimes;
    }

    /** @throws ScenarioException if fewer appointments of a week qualify than are to be postponed */
    void choose() {
        for (RecordedWeek week : scenario.recorded()) {
            choose(week, "outpatient", OUTPATIENT, week.outpatient());
            choose(week, "elective", ELECTIVE, week.elective());
        }
    }

    private void choose(RecordedWeek week, String what, Set<Category> categories, int count) {
        List<Ranked> eligible = new ArrayList<>();
        for (LocalDate date = week.from(); !date.isAfter(week.to()); date = date.plusDays(1)) {
            IntList due = slots.on(calendar.day(date));
            for (int i = 0; i < due.size(); i++) {
                int appointment = due.get(i);
                if (qualifies(appointment, categories)) {
                    long rank = SeededRandom.of(scenario.seed(), "recorded", appointment, 0)
                            .next();
                    eligible.add(new Ranked(appointment, rank));
                }
            }
        }
        if (eligible.size() < count) {
            throw new ScenarioException(
                    "scenario '" + scenario.name() + "': in the week of " + week.from() + " " + count
                            + " " + what + " appointments are to be postponed, but only " + eligible.size()
                            + " fall in an outage of a system they need; raise 'weekly' or lengthen the outage");
        }
        eligible.sort(Comparator.comparingLong(Ranked::rank).thenComparingInt(Ranked::appointment));
        eligible.subList(0, count).forEach(ranked -> ledger.set(ranked.appointment(), AppointmentFlags.CHOSEN));
    }

    private boolean qualifies(int appointment, Set<Category> categories) {
        int index = ledger.service(appointment);
        ScenarioService service = scenario.services().get(index);
        return categories.contains(service.service().category())
                && !service.protectedCare()
                && downtimes.get(index).beyondTolerance().contains(ledger.slotStart(appointment));
    }
}
