package org.knockon.impact.assessment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.impact.Day.at;
import static org.knockon.impact.Hospital.needs;
import static org.knockon.impact.Hospital.openOutage;
import static org.knockon.impact.Hospital.outage;
import static org.knockon.impact.Hospital.service;
import static org.knockon.impact.assessment.AppointmentBuilder.booked;
import static org.knockon.impact.model.AppointmentStatus.CANCELLED;
import static org.knockon.impact.model.AppointmentStatus.FULFILLED;
import static org.knockon.impact.model.AppointmentStatus.NOSHOW;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Requirement;

/** Attributes an impact to the outages, root causes and capabilities at the moment that made it. */
class AttributionTest {

    private static final String MORNING = "epr@2022-07-19T10:00:00Z";
    private static final String AFTERNOON = "epr@2022-07-19T14:00:00Z";

    private final DowntimeDay twice =
            new DowntimeDay(outage("epr", "10:00", "13:00"), outage("epr", "14:00", "17:00")).now("18:00");

    @Test
    void brokenEpisodeIsAttributedToTheOutagesAtItsSlot() {
        Impact impact = twice.assess(booked("clinic", "15:30").then("14:10", CANCELLED));

        assertThat(impact.outageIds()).containsExactly(AFTERNOON);
    }

    @Test
    void slotTakesPrecedenceOverTheTimeOfCancellation() {
        Impact impact = twice.assess(booked("clinic", "14:10").then("11:00", CANCELLED, ChangeReason.PROVIDER));

        assertThat(impact.outageIds()).containsExactly(AFTERNOON);
    }

    @Test
    void brokenEpisodeOutsideAnOutageIsAttributedToTheOutagesAtItsEnd() {
        Impact impact = twice.assess(booked("clinic", "13:30").then("11:00", CANCELLED, ChangeReason.PROVIDER));

        assertThat(impact.outageIds()).containsExactly(MORNING);
        assertThat(impact.capabilities()).containsExactly(Capability.RECORDS);
    }

    @Test
    void severalBrokenEpisodesAreAttributedToAllTheirOutages() {
        Impact impact = twice.assess(
                booked("clinic", "12:00").movedTo("16:00", "11:30", null).then("15:00", CANCELLED));

        assertThat(impact.timesPostponed()).isEqualTo(2);
        assertThat(impact.outageIds()).containsExactly(MORNING, AFTERNOON);
        assertThat(impact.rootCauses()).containsExactly(MORNING, AFTERNOON);
    }

    @Test
    void recordedItOutageWithoutAKnownOutageIsAttributedToNone() {
        Impact impact = twice.assess(
                booked("clinic", "2022-07-25T09:00").then("2022-07-22T09:00", CANCELLED, ChangeReason.IT_OUTAGE));

        assertThat(impact.timesPostponed()).isEqualTo(1);
        assertThat(impact.outageIds()).isEmpty();
        assertThat(impact.rootCauses()).isEmpty();
        assertThat(impact.capabilities()).isEmpty();
    }

    @Test
    void unconfirmedIsAttributedToTheOutagesAtItsSlot() {
        assertThat(twice.assess(booked("clinic", "12:00")).outageIds()).containsExactly(MORNING);
        assertThat(twice.assess(booked("clinic", "15:00").then("15:30", NOSHOW)).outageIds())
                .containsExactly(AFTERNOON);
    }

    @Test
    void deliveredInDowntimeIsAttributedToTheFirstUndeliverableInstantOfItsSlot() {
        DowntimeDay day = new DowntimeDay(openOutage("epr", "10:00"), outage("datacentre", "10:00", "10:50"));
        day.situation.put(outage("datacentre", "11:00", "11:10"));

        Impact impact = day.assess(booked("clinic", "10:45").then("11:20", FULFILLED));

        assertThat(impact.outageIds())
                .as("at 11:00, not at 10:45")
                .containsExactly("datacentre@2022-07-19T11:00:00Z", MORNING);
    }

    @Test
    void atRiskIsAttributedToTheCurrentOutages() {
        DowntimeDay day = new DowntimeDay(outage("datacentre", "09:58", "11:00"), openOutage("epr", "10:00"));

        Impact early = day.now("10:30").assess(booked("clinic", "15:00"));
        assertThat(early.outageIds()).containsExactly("datacentre@2022-07-19T09:58:00Z", MORNING);

        Impact later = day.now("12:00").assess(booked("clinic", "15:00"));
        assertThat(later.outageIds()).containsExactly(MORNING);
        assertThat(later.rootCauses()).as("still").containsExactly("datacentre@2022-07-19T09:58:00Z");
    }

    @Test
    void capabilitiesAreThoseOfTheUnavailableRequirements() {
        DowntimeDay day = new DowntimeDay(outage("epr", "10:00", "13:00"), outage("pacs", "12:30", "15:00"));
        day.situation.put(service(
                "theatre",
                needs("epr", Capability.RECORDS, 0),
                needs("epr", Capability.RESULTS, 120),
                needs("pacs", Capability.IMAGING, 0)));
        day.now("18:00");

        assertThat(day.assess(booked("theatre", "10:30")).capabilities())
                .as("tolerance does not matter")
                .containsExactly(Capability.RECORDS, Capability.RESULTS);
        assertThat(day.assess(booked("theatre", "12:30")).capabilities())
                .containsExactly(Capability.RECORDS, Capability.RESULTS, Capability.IMAGING);
        assertThat(day.assess(booked("theatre", "13:00")).capabilities()).containsExactly(Capability.IMAGING);
    }

    @Test
    void eachEpisodeIsAttributedToTheOutagesOfItsOwnService() {
        DowntimeDay day = new DowntimeDay(outage("epr", "10:00", "13:00"), outage("pacs", "10:00", "13:00"));
        day.now("18:00");

        Impact impact = day.assess(booked("scanner", "12:00").movedToService("clinic", "11:30", ChangeReason.PROVIDER));

        assertThat(impact.outageIds()).containsExactly("pacs@2022-07-19T10:00:00Z");
        assertThat(impact.capabilities()).containsExactly(Capability.IMAGING);
    }

    @Test
    void publishesTheFirstThousandOutagesAndTheTotal() {
        DowntimeDay day = new DowntimeDay(outage("epr", "10:00", "13:00"));
        List<Requirement> requirements = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 1_001; i++) {
            String systemId = "system-" + (10_000 + i);
            day.situation.put(new MonitoredSystem(
                    systemId, systemId, "ZZ9", "other", Set.of(), new MonitoringPolicy(0, 0, 60_000), null));
            requirements.add(needs(systemId, Capability.RECORDS, 0));
        }
        day.situation.put(service("theatre", requirements.toArray(Requirement[]::new)));
        for (Requirement requirement : requirements) {
            day.situation.put(outage(requirement.systemId(), "10:00", "13:00"));
            ids.add(requirement.systemId() + "@2022-07-19T10:00:00Z");
        }
        day.now("18:00");

        Impact impact = day.assess(booked("theatre", "12:00").then("11:30", CANCELLED));

        assertThat(impact.outageIds()).isEqualTo(ids.subList(0, 1_000));
        assertThat(impact.outagesTotal()).isEqualTo(1_001);
        assertThat(impact.rootCauses()).isEqualTo(ids.subList(0, 1_000));
        assertThat(impact.rootCausesTotal()).isEqualTo(1_001);
        assertThat(impact.historyTruncated()).isFalse();
    }

    @Test
    void impactOfATruncatedHistoryIsMarked() {
        AppointmentBuilder appointment =
                booked("clinic", "12:00").movedTo("16:00", "11:30", null).then("15:00", CANCELLED);
        AppointmentHistory kept = AppointmentHistory.EMPTY;
        for (AppointmentVersion version : appointment.history().versions()) {
            kept = kept.with(version, 2);
        }

        Impact impact = twice.assessment.assess(kept, null);

        assertThat(impact.historyTruncated()).isTrue();
        assertThat(impact.timesPostponed()).as("counts kept versions only").isEqualTo(1);
        assertThat(impact.firstPostponedSlot()).isEqualTo(at("16:00"));
        assertThat(twice.assess(appointment).historyTruncated()).isFalse();
    }
}
