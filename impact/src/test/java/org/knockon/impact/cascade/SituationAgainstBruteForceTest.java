package org.knockon.impact.cascade;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.impact.model.Requirement;

/** Compares a situation with the brute-force rules after random changes in random order, with restarts in between. */
class SituationAgainstBruteForceTest {

    private static final long START = 1_658_217_600_000L;
    private static final long STEP = Duration.ofMinutes(5).toMillis();
    private static final int WORLDS_PER_SIZE = 250;
    private static final int CHANGES = 50;

    private Random dice;
    private int size;
    private Situation situation;
    private BruteForce truth;
    /** The rules' state when all changes were last settled. */
    private BruteForce settled;

    private final Map<String, Unsettled> marks = new HashMap<>();
    private final Map<String, List<AffectedRange>> affected = new HashMap<>();
    private final Map<String, PublishedOutage> published = new HashMap<>();

    @ParameterizedTest
    @ValueSource(ints = {3, 8, 14})
    void agreesWithTheBruteForceRules(int systems) {
        for (int seed = 0; seed < WORLDS_PER_SIZE; seed++) {
            dice = new Random(seed * 31L + systems);
            size = systems;
            situation = new Situation();
            truth = new BruteForce();
            settled = truth.copy();
            marks.clear();
            affected.clear();
            published.clear();
            for (int change = 0; change < CHANGES; change++) {
                change();
                truth.changed();
                check("world " + seed + " of " + systems + " systems, change " + change);
            }
        }
    }

    private void check(String where) {
        int what = dice.nextInt(10);
        if (what == 0) {
            settle(where);
        } else if (what == 1) {
            truth.services.values().forEach(service -> checkAvailability(service, where));
        } else if (what == 2) {
            checkPublished(where);
        } else if (what == 3) {
            long instant = time();
            assertThat(situation.servicesLostAfter(instant))
                    .as(where)
                    .containsExactlyInAnyOrderElementsOf(truth.servicesLostAfter(instant));
        } else if (what == 4 && dice.nextInt(3) == 0) {
            restart();
        } else if (what == 5) {
            situation.settle(() -> true, this::add);
        }
    }

    private void settle(String where) {
        assertThat(situation.settle(() -> false, this::add)).isTrue();
        assertThat(situation.settled()).as(where).isTrue();
        Set<String> services = new HashSet<>(settled.services.keySet());
        services.addAll(truth.services.keySet());
        for (String serviceId : services) {
            AffectedRange needed = truth.difference(settled, serviceId);
            if (needed != null) {
                assertThat(affected.getOrDefault(serviceId, List.of()))
                        .as(where + ": an affected range covers " + needed)
                        .isNotEmpty();
                List<AffectedRange> found = affected.get(serviceId);
                assertThat(found.stream().mapToLong(AffectedRange::from).min().orElseThrow())
                        .as(where + ": start of " + needed)
                        .isLessThanOrEqualTo(needed.from());
                assertThat(found.stream().mapToLong(AffectedRange::to).max().orElseThrow())
                        .as(where + ": end of " + needed)
                        .isGreaterThanOrEqualTo(needed.to());
            }
        }
        truth.services.values().forEach(service -> checkAvailability(service, where));
        settled = truth.copy();
        affected.clear();
        marks.clear();
    }

    private void checkAvailability(CareService service, String where) {
        ServiceAvailability found = situation.availability(service.serviceId());
        assertThat(found.service()).isEqualTo(service);
        assertThat(found.lost()).as(where).isEqualTo(truth.lost(service));
        assertThat(found.undeliverable()).as(where).isEqualTo(truth.undeliverable(service));
        for (int i = 0; i < service.requires().size(); i++) {
            assertThat(found.requirements().get(i).unavailable())
                    .as(where)
                    .isEqualTo(truth.unavailable(service.requires().get(i).systemId()));
        }
        assertThat(found.outages())
                .as(where)
                .isEqualTo(truth.outagesOf(service).stream()
                        .map(outage ->
                                new ServiceAvailability.CausedOutage(outage, outage.id(), truth.rootCauses(outage)))
                        .toList());
        long instant = time();
        assertThat(found.outagesAt(instant))
                .as(where)
                .isEqualTo(found.outages().stream()
                        .filter(caused -> caused.outage().holdsAt(instant))
                        .toList());
    }

    /** It must be enough to publish only the outages that are reported as changed. */
    private void checkPublished(String where) {
        situation.changedOutages().forEach(outage -> published.put(outage.id(), situation.published(outage)));
        published.keySet().retainAll(truth.outages.keySet());
        Map<String, PublishedOutage> expected = new HashMap<>();
        truth.outages.values().forEach(outage -> expected.put(outage.id(), truth.published(outage)));
        assertThat(published).as(where).isEqualTo(expected);
    }

    private void restart() {
        situation = new Situation();
        situation.restore(truth.systems.values(), truth.services.values(), List.copyOf(truth.outages.values()), START);
        marks.values().forEach(situation::restore);
        published.clear();
        truth.outages.values().forEach(outage -> published.put(outage.id(), situation.published(outage)));
    }

    private void change() {
        int what = dice.nextInt(20);
        if (what < 5) {
            MonitoredSystem system = system(id("s", size), dependencies());
            truth.systems.put(system.systemId(), system);
            mark(situation.put(system));
        } else if (what == 5) {
            String systemId = id("s", size);
            truth.systems.remove(systemId);
            mark(situation.removeSystem(systemId));
        } else if (what < 8) {
            CareService service = service(id("c", 5));
            truth.services.put(service.serviceId(), service);
            add(situation.put(service));
        } else if (what == 8) {
            String serviceId = id("c", 5);
            truth.services.remove(serviceId);
            add(situation.removeService(serviceId));
        } else if (what < 11 && !truth.outages.isEmpty()) {
            Outage outage = anyOutage();
            truth.outages.remove(outage.id());
            mark(situation.removeOutage(outage.systemId(), outage.startedAt()));
        } else if (what < 13 && !truth.outages.isEmpty()) {
            Outage outage = anyOutage();
            put(new Outage(
                    outage.systemId(),
                    outage.startedAt(),
                    end(outage.startedAt()),
                    dice.nextBoolean(),
                    outage.evidence(),
                    outage.confirmedAt()));
        } else {
            long startedAt = time();
            put(new Outage(id("s", size), startedAt, end(startedAt), false, Evidence.OBSERVED, startedAt));
        }
    }

    private void put(Outage outage) {
        // The detector retracts outages of systems that are not in the catalogue, so none of them is published.
        if (truth.systems.containsKey(outage.systemId())) {
            truth.outages.put(outage.id(), outage);
            mark(situation.put(outage));
        }
    }

    private void mark(Unsettled change) {
        if (change != null) {
            marks.merge(change.systemId(), change, Unsettled::with);
        }
    }

    private void add(AffectedRange range) {
        if (range != null) {
            affected.computeIfAbsent(range.serviceId(), id -> new ArrayList<>()).add(range);
        }
    }

    private Outage anyOutage() {
        List<Outage> all = List.copyOf(truth.outages.values());
        return all.get(dice.nextInt(all.size()));
    }

    private Set<String> dependencies() {
        Set<String> dependencies = new HashSet<>();
        for (int i = dice.nextInt(3); i > 0; i--) {
            dependencies.add(id("s", size + 1));
        }
        return dependencies;
    }

    private static MonitoredSystem system(String id, Set<String> dependsOn) {
        return new MonitoredSystem(
                id, id, "RJ1", "APPLICATION", dependsOn, new MonitoringPolicy(STEP, STEP, STEP), null);
    }

    private CareService service(String id) {
        List<Requirement> requires = new ArrayList<>();
        for (int i = dice.nextInt(4); i > 0; i--) {
            requires.add(new Requirement(
                    id("s", size),
                    Capability.values()[dice.nextInt(Capability.values().length)],
                    dice.nextInt(4) * STEP));
        }
        return new CareService(id, id, "RJ1", "RJ121", "340", Category.OUTPATIENT, requires);
    }

    private long time() {
        return START + dice.nextInt(60) * STEP;
    }

    private long end(long startedAt) {
        return dice.nextInt(4) == 0 ? Outage.OPEN : startedAt + (1 + dice.nextInt(12)) * STEP;
    }

    private String id(String kind, int count) {
        return kind + dice.nextInt(count);
    }
}
