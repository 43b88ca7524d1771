package org.knockon.producers.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;
import org.knockon.producers.scenario.Scenario;
import org.knockon.producers.scenario.ScenarioCatalogue;
import org.knockon.producers.source.ReplayEvent;
import org.knockon.schemas.Topics;

/** Properties of the events of every scenario. */
class EventStreamTest {
    private static final ScenarioEvents EVENTS = ScenarioEvents.of(ScenarioCatalogue.load("synnovis-2024"));
    private static final Scenario SCENARIO = EVENTS.scenario();

    @Test
    void theCatalogueComesFirst() {
        int catalogue = EVENTS.systems().size() + EVENTS.services().size();

        assertThat(EVENTS.stream().limit(catalogue).allMatch(EventStreamTest::ofTheCatalogue))
                .isTrue();
        assertThat(EVENTS.stream().skip(catalogue).anyMatch(EventStreamTest::ofTheCatalogue))
                .isFalse();
    }

    @Test
    void eventsAreInOrderOfArrivalAndNeverArriveBeforeTheyHappen() {
        int catalogue = EVENTS.systems().size() + EVENTS.services().size();
        List<ReplayEvent> wrong = new ArrayList<>();
        long order = 0;
        long arrived = Long.MIN_VALUE;
        for (ReplayEvent event : EVENTS) {
            boolean numbered = event.arrivalOrder() == order++;
            boolean possible = event.arrivesAt() >= event.eventTime() && event.eventTime() < SCENARIO.to();
            boolean inOrder = event.arrivalOrder() <= catalogue || event.arrivesAt() >= arrived;
            if (!numbered || !possible || !inOrder) {
                wrong.add(event);
            }
            arrived = event.arrivesAt();
        }
        assertThat(wrong).isEmpty();
        assertThat(order).isEqualTo(EVENTS.size());
    }

    @Test
    void someEventsArriveLateAndSomeTwice() {
        Set<Object> seen = new HashSet<>();
        long repeats = EVENTS.stream().filter(e -> !seen.add(e.value())).count();
        long late = EVENTS.stream().filter(e -> e.arrivesAt() > e.eventTime()).count();

        assertThat(repeats).isBetween(EVENTS.size() / 1_000, EVENTS.size() / 30);
        assertThat(late).isBetween(EVENTS.size() / 200, EVENTS.size() / 10);
    }

    @Test
    void sequencesRiseWithTimeAndOnlyCorrectionsRepeatASequence() {
        Map<String, List<AppointmentVersion>> histories =
                EVENTS.versions().collect(Collectors.groupingBy(AppointmentVersion::appointmentId));
        List<List<AppointmentVersion>> wrong = histories.values().stream()
                .map(versions -> versions.stream()
                        .distinct()
                        .sorted(Comparator.comparingLong(AppointmentVersion::updatedAt)
                                .thenComparingLong(AppointmentVersion::sequence))
                        .toList())
                .filter(versions -> !wellFormed(versions))
                .toList();

        assertThat(wrong).isEmpty();
        assertThat(histories).hasSizeGreaterThan(150_000);
    }

    private static boolean wellFormed(List<AppointmentVersion> versions) {
        AppointmentVersion before = null;
        for (AppointmentVersion version : versions) {
            boolean follows = before == null
                    ? version.sequence() == 1 && version.status() == AppointmentStatus.BOOKED
                    : version.sequence() == before.sequence() + 1;
            boolean corrects = before != null
                    && version.sequence() == before.sequence()
                    && before.changeReason() == ChangeReason.PATIENT;
            if (!follows && !corrects) {
                return false;
            }
            before = version;
        }
        return true;
    }

    @Test
    void slotsBookedBeforeTheWindowAreInTheWindow() {
        assertThat(EVENTS.versions()
                        .filter(v -> v.updatedAt() < SCENARIO.from())
                        .allMatch(v -> v.slotStart() >= SCENARIO.from() && v.slotStart() < SCENARIO.to()))
                .isTrue();
        assertThat(EVENTS.versions().allMatch(v -> v.slotEnd() > v.slotStart())).isTrue();
    }

    @Test
    void replacementsAreForTheSamePatient() {
        Map<String, String> patients = new HashMap<>();
        EVENTS.versions().forEach(v -> patients.put(v.appointmentId(), v.patientRef()));
        List<AppointmentVersion> replacements =
                EVENTS.versions().filter(v -> v.replaces() != null).toList();

        assertThat(replacements)
                .hasSizeGreaterThan(1_000)
                .allMatch(v -> patients.get(v.replaces()).equals(v.patientRef()));
    }

    @Test
    void patientsArePseudonymsAndSomeHaveSeveralAppointments() {
        Set<String> patients =
                EVENTS.versions().map(AppointmentVersion::patientRef).collect(Collectors.toSet());

        assertThat(patients).allMatch(patient -> patient.matches("p-[0-9a-f]{16}"));
        assertThat(patients.size()).isLessThan(EVENTS.appointments() * 9 / 10).isGreaterThan(EVENTS.appointments() / 3);
    }

    @Test
    void monitorsFallSilentWithTheirDataCentre() {
        Set<Long> seen = ScenarioEvents.of(DemoScenario.with(
                        "down: [pas], ",
                        "down: [dc-main], cascade: 1m, ",
                        "up: [pas, records]",
                        "up: [dc-main, pas, records, pacs]"))
                .observations()
                .filter(o -> o.systemId().equals("pas"))
                .map(Observation::observedAt)
                .collect(Collectors.toSet());
        long lost = at("2025-03-12T09:40:00Z");
        long back = at("2025-03-12T14:10:00Z");

        assertThat(seen).noneMatch(t -> t >= lost && t < back);
        long heartbeat = Duration.ofMinutes(10).toMillis();
        assertThat(seen)
                .anyMatch(t -> t > lost - heartbeat && t < lost)
                .anyMatch(t -> t >= back && t <= back + heartbeat);
    }

    @Test
    void monitorsOutsideReportTheLossImmediately() {
        assertThat(ScenarioEvents.of(DemoScenario.with(
                                "down: [pas], ", "down: [dc-main], ", "up: [pas, records]", "up: [dc-main, records]"))
                        .observations()
                        .filter(o -> o.observedAt() == at("2025-03-12T09:40:00Z")))
                .first()
                .isEqualTo(new Observation(
                        "dc-main",
                        SystemStatus.DOWN,
                        at("2025-03-12T09:40:00Z"),
                        "probe-outside",
                        "database does not answer"));
    }

    @Test
    void closedDaysHaveNoAppointments() {
        long start = at("2024-08-26T00:00:00Z");
        long end = at("2024-08-27T00:00:00Z");

        assertThat(EVENTS.versions().noneMatch(v -> v.slotStart() >= start && v.slotStart() < end))
                .isTrue();
    }

    private static boolean ofTheCatalogue(ReplayEvent event) {
        return event.topic() == Topics.SYSTEMS || event.topic() == Topics.CARE_SERVICES;
    }

    private static long at(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
