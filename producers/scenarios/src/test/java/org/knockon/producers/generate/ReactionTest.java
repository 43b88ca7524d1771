package org.knockon.producers.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.ChangeReason;
import org.knockon.producers.scenario.Scenario;
import org.knockon.producers.scenario.ScenarioCatalogue;
import org.knockon.producers.scenario.ScenarioException;

/** The hospital reacts as its scenario describes. */
class ReactionTest {
    private static final ScenarioEvents EVENTS = ScenarioEvents.of(ScenarioCatalogue.load("july-heatwave-2022"));
    private static final Scenario SCENARIO = EVENTS.scenario();

    @Test
    void protectedCareIsNeverPostponed() {
        Set<String> protectedServices = SCENARIO.services().stream()
                .filter(s -> s.protectedCare())
                .map(s -> s.service().serviceId())
                .collect(Collectors.toSet());

        assertThat(protectedServices).hasSizeGreaterThan(5);
        assertThat(postponements().filter(v -> protectedServices.contains(v.serviceId())))
                .isEmpty();
    }

    @Test
    void nothingIsPostponedBeforeTheHospitalNotices() {
        long noticed = Instant.parse("2022-07-19T13:10:00Z").toEpochMilli()
                + SCENARIO.reaction().noticeAfter();

        assertThat(postponements().filter(v -> v.updatedAt() < noticed)).isEmpty();
    }

    @Test
    void givesNoMoreNewDatesADayThanAllowed() {
        Map<LocalDate, Integer> perDay = new TreeMap<>();
        EVENTS.versions()
                .distinct()
                .filter(v -> v.status() == AppointmentStatus.BOOKED)
                // Everyday moves by patients and hospital have other reasons.
                .filter(v -> v.replaces() != null || v.changeReason() == ChangeReason.IT_OUTAGE)
                .forEach(v -> perDay.merge(day(v.updatedAt()), 1, Integer::sum));

        assertThat(perDay.keySet()).allMatch(day -> !day.isBefore(LocalDate.of(2022, 7, 21)));
        assertThat(perDay.values())
                .allMatch(n -> n <= SCENARIO.reaction().rebooking().perDay());
        assertThat(perDay.values()).anyMatch(n -> n > 100);
    }

    @Test
    void recordsOnPaperAreEnteredLater() {
        long lost = Instant.parse("2022-07-19T16:00:00Z").toEpochMilli();
        long back = Instant.parse("2022-07-25T12:00:00Z").toEpochMilli();
        List<AppointmentVersion> seen = EVENTS.versions()
                .distinct()
                .filter(v -> v.status() == AppointmentStatus.FULFILLED)
                .filter(v -> v.serviceId().equals("stt-420-clinic"))
                .filter(v -> v.slotStart() > lost && v.slotStart() < back)
                .toList();
        long promptly = seen.stream()
                .filter(v -> v.updatedAt() < v.slotEnd() + Millis.HOUR)
                .count();

        assertThat(seen).hasSizeGreaterThan(300);
        assertThat(promptly).isBetween(seen.size() / 5L, seen.size() * 2L / 5);
        assertThat(seen.stream().filter(v -> v.updatedAt() > back)).hasSizeGreaterThan(seen.size() / 2);
    }

    @Test
    void refusesMorePostponementsThanTheBookHas() {
        String weeks = "recorded:\n  - {from: 2025-03-12, to: 2025-03-12, outpatient: 3000, elective: 0}\n\nreaction:";
        Scenario greedy = DemoScenario.with(
                "window: {from: 2025-03-12, to: 2025-03-12}", "window: {from: 2025-03-12, to: 2025-03-20}",
                "  phases:\n    - {from: 2025-03-12T09:40, to: 2025-03-12T18:00, goAhead: {OUTPATIENT: 0.75, DIAGNOSTIC: 0.6}}\n",
                        "",
                "givenUp: 0.05", "givenUp: 0.05\n    postponedAgain: 0.1",
                "reaction:", weeks);

        assertThatThrownBy(() -> ScenarioEvents.of(greedy))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining(
                        "in the week of 2025-03-12 3000 outpatient appointments are to be postponed, but only ");
    }

    private static Stream<AppointmentVersion> postponements() {
        return EVENTS.versions().filter(v -> v.changeReason() == ChangeReason.IT_OUTAGE);
    }

    private static LocalDate day(long instant) {
        return Instant.ofEpochMilli(instant).atZone(SCENARIO.zone()).toLocalDate();
    }
}
