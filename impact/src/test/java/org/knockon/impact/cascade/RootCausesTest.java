package org.knockon.impact.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.impact.Hospital.openOutage;
import static org.knockon.impact.Hospital.outage;
import static org.knockon.impact.Hospital.system;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.Outage;

/** The application depends on a database and on a network, the database on a data centre. */
class RootCausesTest {

    private final Situation situation = new Situation();

    @BeforeEach
    void applicationDependsOnDatabaseAndNetworkAndDatabaseOnDataCentre() {
        situation.put(system("datacentre"));
        situation.put(system("network"));
        situation.put(system("database", "datacentre"));
        situation.put(system("epr", "database", "network"));
    }

    @Test
    void outageWithoutAnOutageUnderItIsItsOwnRootCause() {
        assertThat(rootCauses(outage("epr", "10:00", "11:00"))).containsExactly("epr@2022-07-19T10:00:00Z");
    }

    @Test
    void outagesOfDependentsAreNotItsCause() {
        put(outage("epr", "09:55", "11:00"));

        assertThat(rootCauses(outage("database", "10:00", "11:00"))).containsExactly("database@2022-07-19T10:00:00Z");
    }

    @Test
    void followsOutagesOfDependenciesToTheLastOnes() {
        put(outage("datacentre", "10:00", "11:00"), outage("database", "10:01", "12:00"));

        assertThat(rootCauses(outage("epr", "10:02", "13:00"))).containsExactly("datacentre@2022-07-19T10:00:00Z");
    }

    @Test
    void applicationThatComesBackDaysLaterStillNamesTheDataCentre() {
        put(outage("datacentre", "10:00", "11:00"));

        assertThat(rootCauses(outage("epr", "10:02", "2022-07-29T10:00")))
                .containsExactly("datacentre@2022-07-19T10:00:00Z");
    }

    @Test
    void findsACauseThatOnlyTheOutageInBetweenOverlaps() {
        put(outage("datacentre", "08:00", "09:30"), outage("database", "08:05", "10:30"));

        assertThat(rootCauses(outage("epr", "10:00", "12:00"))).containsExactly("datacentre@2022-07-19T08:00:00Z");
    }

    @Test
    void causeMayStartUpToFifteenMinutesAfterItsEffect() {
        put(outage("database", "10:15", "11:00"));
        assertThat(rootCauses(outage("epr", "10:00", "11:00"))).containsExactly("database@2022-07-19T10:15:00Z");

        assertThat(rootCauses(outage("epr", "09:59:59.999", "11:00"))).containsExactly("epr@2022-07-19T09:59:59.999Z");
    }

    @Test
    void outageThatEndedBeforeIsNotACause() {
        put(outage("database", "09:00", "10:00"));

        assertThat(rootCauses(outage("epr", "10:00", "11:00"))).containsExactly("epr@2022-07-19T10:00:00Z");
    }

    @Test
    void namesAllIndependentCauses() {
        put(openOutage("datacentre", "10:00"), openOutage("network", "09:00"));

        assertThat(rootCauses(openOutage("epr", "10:02")))
                .containsExactly("datacentre@2022-07-19T10:00:00Z", "network@2022-07-19T09:00:00Z");
    }

    @Test
    void lateOutageOfADependencyBecomesTheRootCause() {
        Outage application = openOutage("epr", "10:00");
        put(application);
        assertThat(rootCauses(application)).containsExactly("epr@2022-07-19T10:00:00Z");

        put(outage("datacentre", "09:58", "10:20"));
        assertThat(rootCauses(application)).containsExactly("datacentre@2022-07-19T09:58:00Z");

        situation.removeOutage(
                "datacentre", outage("datacentre", "09:58", "10:20").startedAt());
        assertThat(rootCauses(application)).containsExactly("epr@2022-07-19T10:00:00Z");
    }

    @Test
    void cycleIsRepresentedByItsEarliestOutage() {
        putCycle();
        Outage first = openOutage("left", "10:00");
        Outage second = openOutage("right", "10:05");
        put(first, second);

        assertThat(rootCauses(first)).containsExactly("left@2022-07-19T10:00:00Z");
        assertThat(rootCauses(second)).containsExactly("left@2022-07-19T10:00:00Z");
    }

    @Test
    void cycleThatStartedTogetherIsRepresentedByTheLeastSystemId() {
        putCycle();
        put(openOutage("right", "10:00"), openOutage("left", "10:00"));

        assertThat(rootCauses(openOutage("right", "10:00"))).containsExactly("left@2022-07-19T10:00:00Z");
    }

    @Test
    void cycleWithAnotherOutageUnderItIsNotACause() {
        putCycle();
        put(openOutage("left", "10:00"), openOutage("right", "10:05"), openOutage("network", "10:02"));

        assertThat(rootCauses(openOutage("right", "10:05"))).containsExactly("network@2022-07-19T10:02:00Z");
    }

    @Test
    void outageOfADependentOfACycleNamesTheEarliestOfTheCycle() {
        putCycle();
        situation.put(system("portal", "right"));
        put(openOutage("left", "10:00"), openOutage("right", "09:58"));

        assertThat(rootCauses(openOutage("portal", "09:57"))).containsExactly("right@2022-07-19T09:58:00Z");
    }

    private void putCycle() {
        situation.put(system("left", "right", "network"));
        situation.put(system("right", "left"));
    }

    private void put(Outage... outages) {
        List.of(outages).forEach(situation::put);
    }

    private List<String> rootCauses(Outage outage) {
        situation.put(outage);
        return situation.published(outage).rootCauses();
    }
}
