package org.knockon.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.impact.model.SystemStatus.DOWN;
import static org.knockon.oracle.Scene.needs;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.PublishedOutage;

/** Paragraphs 9 and 10 of docs/semantics.md. */
class CascadeRulesTest {

    private final Scene scene = new Scene();

    private PublishedOutage outage(String systemId, String time) {
        return scene.judge().outages().get(systemId + "@2022-07-19T" + time + ":00Z");
    }

    private List<String> rootCauses(String systemId, String time) {
        return outage(systemId, time).rootCauses();
    }

    @Test
    void anOutageWithoutAnOutageUnderItIsItsOwnRootCause() {
        scene.system("pas", "dc").system("dc").down("pas", "10:00", "11:00");

        assertThat(rootCauses("pas", "10:00")).containsExactly("pas@2022-07-19T10:00:00Z");
    }

    @Test
    void theRootCauseIsFoundThroughSystemsThatStayedUp() {
        scene.system("pas", "vm").system("vm", "dc").system("dc");
        scene.down("dc", "09:00", "11:00").down("pas", "10:00", "12:00");

        assertThat(rootCauses("pas", "10:00")).containsExactly("dc@2022-07-19T09:00:00Z");
    }

    @Test
    void anApplicationThatComesBackDaysLaterStillNamesItsDataCentre() {
        scene.system("pas", "vm").system("vm", "dc").system("dc");
        scene.down("dc", "09:00", "10:00")
                .down("vm", "09:30", "2022-07-22T10:00")
                .down("pas", "12:00", "2022-07-29T10:00");

        assertThat(rootCauses("pas", "12:00")).containsExactly("dc@2022-07-19T09:00:00Z");
    }

    @Test
    void aCauseMayStartUpToFifteenMinutesAfterItsEffect() {
        scene.system("pas", "dc").system("dc").down("pas", "10:00", "12:00");

        scene.down("dc", "10:15", "11:00");
        assertThat(rootCauses("pas", "10:00")).containsExactly("dc@2022-07-19T10:15:00Z");

        scene.observations.removeIf(observation -> observation.systemId().equals("dc"));
        scene.down("dc", "10:15:00.001", "11:00");
        assertThat(rootCauses("pas", "10:00")).containsExactly("pas@2022-07-19T10:00:00Z");
    }

    @Test
    void aCauseMustOverlapItsEffect() {
        scene.system("pas", "dc").system("dc").down("dc", "09:00", "10:00").down("pas", "10:00", "11:00");

        assertThat(rootCauses("pas", "10:00")).containsExactly("pas@2022-07-19T10:00:00Z");
    }

    @Test
    void namesAllRootCausesInOrder() {
        scene.system("pas", "dc1", "dc2").system("dc1").system("dc2");
        scene.down("dc2", "09:00", "13:00").down("dc1", "09:30", "13:00").down("pas", "10:00", "13:00");

        assertThat(rootCauses("pas", "10:00")).containsExactly("dc1@2022-07-19T09:30:00Z", "dc2@2022-07-19T09:00:00Z");
    }

    @Test
    void theEarliestOutageOfACycleIsItsRootCause() {
        scene.system("a", "b").system("b", "c").system("c", "a");
        scene.down("b", "10:05", "12:00").down("a", "10:00", "12:00").down("c", "10:10", "12:00");

        assertThat(rootCauses("a", "10:00")).containsExactly("a@2022-07-19T10:00:00Z");
        assertThat(rootCauses("b", "10:05")).containsExactly("a@2022-07-19T10:00:00Z");
        assertThat(rootCauses("c", "10:10")).containsExactly("a@2022-07-19T10:00:00Z");
    }

    @Test
    void theLeastSystemOfACycleThatStartedTogetherIsItsRootCause() {
        scene.system("a", "b").system("b", "a").down("b", "10:00", "12:00").down("a", "10:00", "12:00");

        assertThat(rootCauses("b", "10:00")).containsExactly("a@2022-07-19T10:00:00Z");
    }

    @Test
    void aCycleThatLeadsElsewhereIsNotARootCause() {
        scene.system("a", "b").system("b", "a", "dc").system("dc");
        scene.down("dc", "10:05", "11:00").down("a", "10:00", "12:00").down("b", "10:00", "12:00");

        assertThat(rootCauses("a", "10:00")).containsExactly("dc@2022-07-19T10:05:00Z");
    }

    @Test
    void inACycleAnOutageThatStartedMuchLaterIsNotACauseOfTheEarlier() {
        scene.system("a", "b").system("b", "a").down("a", "10:00", "12:00").down("b", "11:00", "12:00");

        assertThat(rootCauses("a", "10:00")).containsExactly("a@2022-07-19T10:00:00Z");
        assertThat(rootCauses("b", "11:00")).containsExactly("a@2022-07-19T10:00:00Z");
    }

    @Test
    void aSystemThatDependsOnItselfIsItsOwnRootCauseAndDoesNotAffectItself() {
        scene.system("a", "a").down("a", "10:00", "12:00");

        assertThat(rootCauses("a", "10:00")).containsExactly("a@2022-07-19T10:00:00Z");
        assertThat(outage("a", "10:00").affectedSystems()).isEmpty();
    }

    @Test
    void aDependencyOutsideTheCatalogueIsIgnored() {
        scene.system("pas", "gone").system("dc");
        scene.seen("gone", "10:00", DOWN).down("pas", "10:00", "12:00");

        assertThat(scene.judge().outages()).containsOnlyKeys("pas@2022-07-19T10:00:00Z");
    }

    @Test
    void namesAllAffectedSystemsAndServices() {
        scene.system("dc").system("vm", "dc").system("pas", "vm").system("other");
        scene.service("z-ward", needs("dc", 0))
                .service("clinic", needs("pas", 60), needs("other", 0))
                .service("lab", needs("other", 0));
        scene.seen("dc", "10:00", DOWN).seen("pas", "10:00", DOWN);

        assertThat(outage("dc", "10:00").affectedSystems()).containsExactly("pas", "vm");
        assertThat(outage("dc", "10:00").affectedServices()).containsExactly("clinic", "z-ward");
        assertThat(outage("pas", "10:00").affectedSystems()).isEmpty();
        assertThat(outage("pas", "10:00").affectedServices()).containsExactly("clinic");
    }

    @Test
    void namesTheFirstThousandOfManyAffectedSystems() {
        scene.system("dc").down("dc", "10:00", "11:00");
        for (int i = 0; i < 1_005; i++) {
            scene.system("app-" + i, "dc");
        }

        PublishedOutage published = outage("dc", "10:00");
        assertThat(published.affectedSystems())
                .hasSize(1_000)
                .isSorted()
                .startsWith("app-0", "app-1", "app-10", "app-100", "app-1000")
                .doesNotContain("app-999");
        assertThat(published.affectedSystemsTotal()).isEqualTo(1_005);
        assertThat(published.affectedServicesTotal()).isZero();
        assertThat(published.rootCausesTotal()).isEqualTo(1);
    }
}
