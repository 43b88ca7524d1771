package org.knockon.producers.generate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knockon.impact.interval.Intervals;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.ChangeReason;
import org.knockon.producers.scenario.Reaction;
import org.knockon.producers.scenario.Scenario;

/**
 * Postpones appointments and records them as hospitals do: promptly or late, with the right reason, another one or
 * none.
 */
final class Postponements {

    /** What happens to a postponed appointment next. */
    private enum Outcome {
        NO_NEW_DATE,
        GIVEN_UP,
        MOVED,
        BOOKED_AGAIN,
        REPLACED
    }

    private final Scenario scenario;
    private final Calendar calendar;
    private final AppointmentLedger ledger;
    private final List<ServiceDowntime> downtimes;
    private final BackEntry backEntry;
    private final Rebooking rebooking;
    private final WeightedChoice<Outcome> outcomes;
    private final boolean weeksGiven;

    Postponements(
            Scenario scenario,
            Calendar calendar,
            AppointmentLedger ledger,
            List<ServiceDowntime> downtimes,
            BackEntry backEntry,
            Rebooking rebooking) {
        this.scenario = scenario;
        this.calendar = calendar;
        this.ledger = ledger;
        this.downtimes = downtimes;
        this.backEntry = backEntry;
        this.rebooking = rebooking;
        this.outcomes = outcomes(scenario.reaction().rebooking());
        this.weeksGiven = !scenario.recorded().isEmpty();
    }

    private static WeightedChoice<Outcome> outcomes(Reaction.Rebooking rule) {
        double dated = (1 - rule.never() - rule.givenUp()) / (rule.moved() + rule.bookedAgain() + rule.replaced());
        Map<Outcome, Double> weights = new LinkedHashMap<>();
        weights.put(Outcome.NO_NEW_DATE, rule.never());
        weights.put(Outcome.GIVEN_UP, rule.givenUp());
        weights.put(Outcome.MOVED, rule.moved() * dated);
        weights.put(Outcome.BOOKED_AGAIN, rule.bookedAgain() * dated);
        weights.put(Outcome.REPLACED, rule.replaced() * dated);
        return new WeightedChoice<>(weights);
    }

    /** Whether the hospital noticed the outage in time to postpone this slot. */
    boolean noticedInTime(int appointment) {
        return ledger.slotStart(appointment) >= noticedAt(appointment);
    }

    private long noticedAt(int appointment) {
        Intervals lacking = downtimes.get(ledger.service(appointment)).lacking();
        return lacking.start(lacking.indexOf(ledger.slotStart(appointment)))
                + scenario.reaction().noticeAfter();
    }

    void postpone(int appointment, SeededRandom random) {
        ledger.set(appointment, AppointmentFlags.POSTPONED);
        long at = writtenAt(appointment, random);
        ChangeReason reason = reason(random);
        Outcome outcome = outcomes.pick(random);
        if (outcome == Outcome.MOVED && rebooking.moveAtOnce(appointment, reason, at, random)) {
            return;
        }
        boolean waiting = outcome != Outcome.GIVEN_UP && outcome != Outcome.REPLACED && random.chance(0.3);
        cancel(appointment, waiting ? AppointmentStatus.WAITLIST : AppointmentStatus.CANCELLED, reason, at, random);
        long written = ledger.lastWritten(appointment);
        switch (outcome) {
            case NO_NEW_DATE -> {}
            case GIVEN_UP ->
                ledger.write(
                        appointment,
                        AppointmentStatus.CANCELLED,
                        ChangeReason.PATIENT,
                        ledger.slotStart(appointment),
                        written + random.between(Millis.DAY, 21 * Millis.DAY));
            case MOVED, BOOKED_AGAIN -> rebooking.enqueue(appointment, calendar.day(written) + 1, false);
            case REPLACED -> rebooking.enqueue(appointment, calendar.day(written) + 1, true);
        }
    }

    /** Decided before the slot if the outage was noticed in time. Many are on paper first and entered later. */
    private long writtenAt(int appointment, SeededRandom random) {
        long slot = ledger.slotStart(appointment);
        long ahead = slot - random.between(0, scenario.reaction().cancelAhead());
        long possible =
                Math.max(noticedAt(appointment) + random.between(0, Millis.HOUR), ledger.lastWritten(appointment));
        long decided = Math.min(Math.max(ahead, possible), Math.max(slot + random.between(0, Millis.HOUR), possible));
        long at = backEntry.writtenAt(ledger.service(appointment), decided, true, random);
        // Published numbers count only what had been entered by then.
        long latest = scenario.to() - 7 * Millis.DAY;
        return weeksGiven && at > latest ? Math.max(decided + Millis.MINUTE, latest) : at;
    }

    private void cancel(int appointment, AppointmentStatus status, ChangeReason reason, long at, SeededRandom random) {
        long slot = ledger.slotStart(appointment);
        if (random.chance(scenario.reaction().wrong().reasonCorrected())) {
            ledger.write(appointment, status, ChangeReason.PATIENT, slot, at);
            ledger.correct(appointment, status, reason, slot, at + random.between(Millis.HOUR, 3 * Millis.DAY));
        } else {
            ledger.write(appointment, status, reason, slot, at);
        }
    }

    private ChangeReason reason(SeededRandom random) {
        Reaction.RecordedAs weights = scenario.reaction().recordedAs();
        double at = random.fraction() * (weights.itOutage() + weights.provider() + weights.none());
        if (at < weights.itOutage()) {
            return ChangeReason.IT_OUTAGE;
        }
        return at < weights.itOutage() + weights.provider() ? ChangeReason.PROVIDER : null;
    }
}
