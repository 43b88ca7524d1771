package org.knockon.impact.cascade;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.impact.model.Requirement;

/**
 * How much is recomputed after a change. The work is counted and not timed, so that the result is the same on every
 * machine.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LargeCatalogueTest {

    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long NOW = 1_658_217_600_000L;
    private static final int SYSTEMS = 20_000;

    private final Situation situation = new Situation();

    @Test
    void anOutageInACycleOfTwentyThousandSystemsVisitsEachOnce() {
        load(SYSTEMS, system -> List.of((system + 1) % SYSTEMS));
        Outage outage = open(7, NOW);
        situation.put(outage);

        assertThat(settle()).hasSize(SYSTEMS).contains(new AffectedRange("c0", NOW, Long.MAX_VALUE));
        PublishedOutage published = situation.published(outage);

        assertThat(published.affectedSystemsTotal()).isEqualTo(SYSTEMS - 1);
        assertThat(published.affectedSystems()).hasSize(1_000).startsWith("s0", "s1", "s10", "s100");
        assertThat(published.affectedServicesTotal()).isEqualTo(SYSTEMS);
        assertThat(situation.work()).isEqualTo(new Situation.Work(1, SYSTEMS, 1));
    }

    @Test
    void outagesThatArriveTogetherAreProcessedTogether() {
        load(SYSTEMS, system -> List.of((system + 1) % SYSTEMS));
        for (int i = 0; i < 1_000; i++) {
            situation.put(open(i * 20, NOW + i));
        }

        assertThat(settle()).hasSize(SYSTEMS);

        assertThat(situation.work()).isEqualTo(new Situation.Work(1_000, SYSTEMS, 1_000));
        assertThat(situation.availability("c5").outages())
                .hasSize(1_000)
                .allSatisfy(caused -> assertThat(caused.rootCauses()).containsExactly("s0@2022-07-19T08:00:00Z"));
        assertThat(situation.availability("c5").outages())
                .as("shared by all systems of the cycle")
                .isSameAs(situation.availability("c9").outages());
    }

    @Test
    void anOutageInATreeVisitsOnlyTheDependents() {
        load(SYSTEMS, system -> system == 0 ? List.of() : List.of((system - 1) / 2));
        situation.put(open(SYSTEMS / 2, NOW));

        assertThat(settle()).hasSize(1);
        assertThat(situation.work().derivations()).isEqualTo(1);
    }

    @Test
    void settlesInAsManyTurnsAsTheCallerLikes() {
        load(100, system -> List.of(0));
        situation.put(open(0, NOW));
        List<AffectedRange> affected = new ArrayList<>();

        int turns = 1;
        while (!situation.settle(() -> true, affected::add)) {
            turns++;
        }

        assertThat(turns).isEqualTo(100);
        assertThat(affected).hasSize(100);
    }

    @Test
    void newNamesCauseNoWork() {
        load(3_000, system -> system < 10 ? List.of() : List.of(system % 10));
        Outage outage = open(3, NOW);
        situation.put(outage);
        settle();
        situation.changedOutages();
        PublishedOutage before = situation.published(outage);
        Situation.Work work = situation.work();

        for (int i = 0; i < 3_000; i++) {
            MonitoredSystem known = situation.catalogue().system("s" + i);
            assertThat(situation.put(system(i, "Another name " + i, known.dependsOn())))
                    .isNull();
            CareService service = situation.catalogue().service("c" + i);
            assertThat(situation.put(service("c" + i, "Another clinic " + i, service.requires())))
                    .isNull();
        }

        assertThat(situation.settled()).isTrue();
        assertThat(situation.hasChangedOutages()).isFalse();
        assertThat(situation.published(outage)).isEqualTo(before);
        assertThat(situation.availability("c3").service().name()).isEqualTo("Another clinic 3");
        assertThat(situation.work()).isEqualTo(work);
    }

    @Test
    void newSystemWithoutOutagesInItsDependenciesAffectsNothing() {
        load(10, system -> List.of());
        situation.put(open(0, NOW));
        settle();

        assertThat(situation.put(system(11, "s11", Set.of("s1", "s2")))).isNull();

        assertThat(situation.settled()).isTrue();
    }

    /** Outages are kept for 400 days. */
    @Test
    void costOfAnOutageDoesNotGrowWithTheNumberOfPastOutages() {
        assertThat(workForAnOutageAfter(4_000)).isEqualTo(workForAnOutageAfter(10));
    }

    private static Situation.Work workForAnOutageAfter(int pastOutages) {
        LargeCatalogueTest estate = new LargeCatalogueTest();
        estate.load(200, system -> system < 10 ? List.of() : List.of(system % 10, (system + 3) % 10));
        for (int i = 0; i < pastOutages; i++) {
            long start = NOW - 300 * DAY + i * (DAY / 20);
            estate.situation.put(outage(i % 200, start, start + DAY / 30));
        }
        estate.settle();
        Situation.Work before = estate.situation.work();
        estate.situation.put(open(3, NOW));
        estate.situation.put(open(13, NOW + 60_000));
        assertThat(estate.settle()).hasSize(39);
        Situation.Work after = estate.situation.work();
        return new Situation.Work(
                after.explanations() - before.explanations(),
                after.derivations() - before.derivations(),
                after.searches() - before.searches());
    }

    /** Each service requires the system with the same number. */
    private void load(int systems, IntFunction<List<Integer>> dependencies) {
        List<MonitoredSystem> all = new ArrayList<>();
        List<CareService> services = new ArrayList<>();
        for (int i = 0; i < systems; i++) {
            List<String> dependsOn = dependencies.apply(i).stream()
                    .distinct()
                    .map(number -> "s" + number)
                    .toList();
            all.add(system(i, "s" + i, Set.copyOf(dependsOn)));
            services.add(service("c" + i, "c" + i, List.of(new Requirement("s" + i, Capability.RECORDS, 60_000))));
        }
        situation.restore(all, services, List.of(), NOW);
    }

    private List<AffectedRange> settle() {
        List<AffectedRange> affected = new ArrayList<>();
        assertThat(situation.settle(() -> false, affected::add)).isTrue();
        return affected;
    }

    private static MonitoredSystem system(int number, String name, Set<String> dependsOn) {
        return new MonitoredSystem(
                "s" + number,
                name,
                "RJ1",
                "APPLICATION",
                dependsOn,
                new MonitoringPolicy(300_000, 600_000, 1_200_000),
                null);
    }

    private static CareService service(String id, String name, List<Requirement> requires) {
        return new CareService(id, name, "RJ1", "RJ121", "340", Category.OUTPATIENT, requires);
    }

    private static Outage open(int system, long startedAt) {
        return outage(system, startedAt, Outage.OPEN);
    }

    private static Outage outage(int system, long startedAt, long endedAt) {
        return new Outage("s" + system, startedAt, endedAt, false, Evidence.OBSERVED, startedAt);
    }
}
