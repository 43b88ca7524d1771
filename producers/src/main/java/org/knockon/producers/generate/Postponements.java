package org.knockon.producers.generate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.ChangeReason;
import org.knockon.producers.scenario.Reaction;
import org.knockon.producers.scenario.Scenario;

/** Postpones appointments and writes it down the way hospitals do: promptly or late, with the right reason or another. */
final class Postponements {
    private static final long MINUTE = 60_000L;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    /** What becomes of a postponed appointment. */
    private enum Way {
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
    private final WeightedChoice<Way> ways;
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
        this.ways = ways(scenario.reaction().rebooking());
        this.weeksGiven = !scenario.recorded().isEmpty();
    }

    private static WeightedChoice<Way> ways(Reaction.Rebooking rule) {
        double dated = (1 - rule.never() - rule.givenUp()) / (rule.moved() + rule.bookedAgain() + rule.replaced());
        Map<Way, Double> weights = new LinkedHashMap<>();
        weights.put(Way.NO_NEW_DATE, rule.never());
        weights.put(Way.GIVEN_UP, rule.givenUp());
        weights.put(Way.MOVED, rule.moved() * dated);
        weights.put(Way.BOOKED_AGAIN, rule.bookedAgain() * dated);
        weights.put(Way.REPLACED, rule.replaced() * dated);
        return new WeightedChoice<>(weights);
    }

    /** Whether the hospital knew of the outage in time to postpone this slot. */
    boolean hasNoticed(int appointment) {
        return ledger.slotStart(appointment) >= noticedAt(appointment);
    }

    private long noticedAt(int appointment) {
        Intervals.Span outage =
                downtimes.get(ledger.service(appointment)).lacking().at(ledger.slotStart(appointment));
        return outage.start() + scenario.reaction().noticeAfter();
    }

    void postpone(int appointment, SeededRandom random) {
        ledger.set(appointment, AppointmentFlags.POSTPONED);
        long at = writtenAt(appointment, random);
        ChangeReason reason = reason(random);
        Way way = ways.pick(random);
        if (way == Way.MOVED && rebooking.moveAtOnce(appointment, reason, at, random)) {
            return;
        }
        boolean waiting = way != Way.GIVEN_UP && way != Way.REPLACED && random.chance(0.3);
        cancel(appointment, waiting ? AppointmentStatus.WAITLIST : AppointmentStatus.CANCELLED, reason, at, random);
        long written = ledger.lastWritten(appointment);
        switch (way) {
            case NO_NEW_DATE -> {}
            case GIVEN_UP ->
                ledger.write(
                        appointment,
                        AppointmentStatus.CANCELLED,
                        ChangeReason.PATIENT,
                        ledger.slotStart(appointment),
                        written + random.between(DAY, 21 * DAY));
            case MOVED, BOOKED_AGAIN -> rebooking.await(appointment, calendar.day(written) + 1, false);
            case REPLACED -> rebooking.await(appointment, calendar.day(written) + 1, true);
        }
    }

    /** Ahead of the slot where there was notice; on paper first, and so in the books later, for many. */
    private long writtenAt(int appointment, SeededRandom random) {
        long slot = ledger.slotStart(appointment);
        long ahead = slot - random.between(0, scenario.reaction().cancelAhead());
        long possible = Math.max(noticedAt(appointment) + random.between(0, HOUR), ledger.lastWritten(appointment));
        long decided = Math.min(Math.max(ahead, possible), Math.max(slot + random.between(0, HOUR), possible));
        long at = backEntry.writtenAt(ledger.service(appointment), decided, true, random);
        // What was published was in the books by then.
        long latest = scenario.to() - 7 * DAY;
        return weeksGiven && at > latest ? Math.max(decided + MINUTE, latest) : at;
    }

    private void cancel(int appointment, AppointmentStatus status, ChangeReason reason, long at, SeededRandom random) {
        long slot = ledger.slotStart(appointment);
        if (random.chance(scenario.reaction().wrong().reasonCorrected())) {
            ledger.write(appointment, status, ChangeReason.PATIENT, slot, at);
            ledger.correct(appointment, status, reason, slot, at + random.between(HOUR, 3 * DAY));
        } else {
            ledger.write(appointment, status, reason, slot, at);
        }
    }

    private ChangeReason reason(SeededRandom random) {
        Reaction.RecordedAs weights = scenario.reaction().recordedAs();
        double at = random.part() * (weights.itOutage() + weights.provider() + weights.none());
        if (at < weights.itOutage()) {
            return ChangeReason.IT_OUTAGE;
        }
        return at < weights.itOutage() + weights.provider() ? ChangeReason.PROVIDER : null;
    }
}
