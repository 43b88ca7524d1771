package org.knockon.impact.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.impact.Day.at;
import static org.knockon.impact.Hospital.needs;
import static org.knockon.impact.Hospital.openOutage;
import static org.knockon.impact.Hospital.outage;
import static org.knockon.impact.Hospital.service;
import static org.knockon.impact.Hospital.system;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.knockon.impact.interval.Intervals;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;

/** When services lack systems that they need, and what an outage affects. */
class SituationTest {

    private final Situation situation = new Situation();

    @Test
    void serviceIsLostWhileAnyRequiredSystemIsUnavailable() {
        situation.put(system("epr"));
        situation.put(system("pacs"));
        situation.put(service("clinic", needs("epr", Capability.RECORDS, 0), needs("pacs", Capability.IMAGING, 0)));
        situation.put(outage("epr", "10:00", "11:00"));
        situation.put(outage("pacs", "10:30", "12:00"));
        situation.put(outage("pacs", "13:00", "14:00"));

        assertThat(lost("clinic")).isEqualTo(intervals(interval("10:00", "12:00"), interval("13:00", "14:00")));
    }

    @Test
    void serviceIsUndeliverableOnlyAfterATolerance() {
        situation.put(system("epr"));
        situation.put(system("pacs"));
        situation.put(service("clinic", needs("epr", Capability.RECORDS, 45), needs("pacs", Capability.IMAGING, 120)));
        situation.put(outage("epr", "10:00", "11:00"));
        situation.put(outage("pacs", "10:30", "12:00"));

        assertThat(situation.availability("clinic").undeliverable()).isEqualTo(interval("10:45", "11:00"));
    }

    @Test
    void toleranceAppliesOnceToOutagesThatTouch() {
        situation.put(system("datacentre"));
        situation.put(system("epr", "datacentre"));
        situation.put(service("clinic", needs("epr", Capability.RECORDS, 60)));
        situation.put(outage("datacentre", "10:00", "10:45"));
        situation.put(outage("epr", "10:45", "11:30"));

        assertThat(situation.availability("clinic").undeliverable()).isEqualTo(interval("11:00", "11:30"));
    }

    @Test
    void outageAffectsServicesThroughIndirectDependencies() {
        situation.put(system("datacentre"));
        situation.put(system("database", "datacentre"));
        situation.put(system("epr", "database"));
        situation.put(service("clinic", needs("epr", Capability.RECORDS, 0)));
        situation.put(outage("datacentre", "10:00", "11:00"));

        assertThat(lost("clinic")).isEqualTo(interval("10:00", "11:00"));
    }

    @Test
    void dependencyOutsideTheCatalogueIsIgnored() {
        situation.put(system("database", "datacentre"));
        situation.put(system("epr", "database"));
        situation.put(service("clinic", needs("epr", Capability.RECORDS, 0)));
        situation.put(outage("datacentre", "10:00", "11:00"));
        assertThat(lost("clinic")).isEqualTo(Intervals.NONE);

        situation.put(system("datacentre"));
        assertThat(lost("clinic")).isEqualTo(interval("10:00", "11:00"));

        situation.removeSystem("database");
        assertThat(lost("clinic")).isEqualTo(Intervals.NONE);
    }

    @Test
    void cycleOfDependenciesIsLegal() {
        situation.put(system("a", "b"));
        situation.put(system("b", "c"));
        situation.put(system("c", "a"));
        situation.put(service("clinic", needs("a", Capability.RECORDS, 0)));
        Outage outage = outage("c", "10:00", "11:00");
        situation.put(outage);

        assertThat(lost("clinic")).isEqualTo(interval("10:00", "11:00"));
        assertThat(situation.published(outage).affectedSystems()).containsExactly("a", "b");
    }

    @Test
    void publishedOutageListsAllDependentSystemsAndServices() {
        situation.put(system("network"));
        situation.put(system("epr", "network"));
        situation.put(system("pacs", "network"));
        situation.put(system("telephony"));
        situation.put(service("clinic", needs("epr", Capability.RECORDS, 0)));
        situation.put(service("scanner", needs("pacs", Capability.IMAGING, 0)));
        situation.put(service("helpline", needs("telephony", Capability.TELEPHONY, 0)));

        Outage outage = outage("network", "10:00", "11:00");
        situation.put(outage);

        PublishedOutage published = situation.published(outage);

        assertThat(published.affectedSystems()).containsExactly("epr", "pacs");
        assertThat(published.affectedServices()).containsExactly("clinic", "scanner");
    }

    @Test
    void serviceOutsideTheCatalogueHasNoAvailability() {
        assertThat(situation.availability("clinic")).isNull();
    }

    @Test
    void removedOutageHasNoEffect() {
        situation.put(system("epr"));
        situation.put(service("clinic", needs("epr", Capability.RECORDS, 0)));
        situation.put(openOutage("epr", "10:00"));

        situation.removeOutage("epr", at("10:00"));

        assertThat(lost("clinic")).isEqualTo(Intervals.NONE);
        assertThat(situation.availability("clinic").outages()).isEmpty();
    }

    @Test
    void clockNeverGoesBack() {
        assertThat(situation.now()).isEqualTo(Situation.NO_CLOCK);
        assertThat(situation.advance(at("10:00"))).isTrue();
        assertThat(situation.advance(at("10:00"))).isFalse();
        assertThat(situation.advance(at("09:00"))).isFalse();
        assertThat(situation.now()).isEqualTo(at("10:00"));
    }

    @Test
    void restoredSituationIsTheSameAsOneBuiltStepByStep() {
        Outage outage = outage("datacentre", "10:00", "11:00");
        situation.restore(
                List.of(system("epr", "datacentre"), system("datacentre")),
                List.of(service("clinic", needs("epr", Capability.RECORDS, 15))),
                List.of(outage),
                at("12:00"));

        Situation stepByStep = new Situation();
        stepByStep.put(outage);
        stepByStep.put(service("clinic", needs("epr", Capability.RECORDS, 15)));
        stepByStep.put(system("datacentre"));
        stepByStep.put(system("epr", "datacentre"));

        assertThat(lost("clinic")).isEqualTo(interval("10:00", "11:00"));
        assertThat(situation.availability("clinic")).isEqualTo(stepByStep.availability("clinic"));
        assertThat(situation.now()).isEqualTo(at("12:00"));
    }

    private Intervals lost(String serviceId) {
        return situation.availability(serviceId).lost();
    }

    private static Intervals interval(String from, String to) {
        return Intervals.of(at(from), at(to));
    }

    private static Intervals intervals(Intervals... parts) {
        return Intervals.union(List.of(parts));
    }
}
