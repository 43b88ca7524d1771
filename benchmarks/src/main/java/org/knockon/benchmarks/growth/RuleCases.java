package org.knockon.benchmarks.growth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.knockon.benchmarks.harness.Results;
import org.knockon.benchmarks.harness.Spread;
import org.knockon.benchmarks.harness.SyntheticRecords;
import org.knockon.impact.cascade.Situation;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Outage;

/** How long the rules alone take with catalogues of difficult shapes: no topology, no broker, no stores, one thread. */
final class RuleCases {

    private static final long NOW = 1_658_217_600_000L;
    /** The time that the pipeline gives the rules before they must return. */
    private static final long BUDGET_NANOS = 30_000_000;

    private static final MonitoringPolicy POLICY = SyntheticRecords.policy(300_000);
    private static final int[] OUTAGES = {1, 5, 1_000};

    /**
     * @param totalMillis from the first change until everything is settled and each outage has its cascade
     * @param longestMillis the longest piece of work that a stream thread could not interrupt
     */
    private record Result(String name, double totalMillis, double longestMillis) {}

    /** How systems depend on each other. */
    private enum Shape {
        RING,
        STAR,
        TREE,
        CHAIN;

        Set<String> dependencies(int system, int size) {
            return switch (this) {
                case RING -> Set.of("s" + (system + 1) % size);
                case STAR -> system == 0 ? Set.of() : Set.of("s0");
                case TREE -> system == 0 ? Set.of() : Set.of("s" + (system - 1) / 2);
                case CHAIN -> system == 0 ? Set.of() : Set.of("s" + (system - 1));
            };
        }
    }

    private final int systems;
    private final Situation situation = new Situation();
    private long total;
    private long longest;

    private RuleCases(int systems) {
        this.systems = systems;
    }

    /** Measures each case once a round, after one round that does not count. */
    static void measure(List<Integer> sizes, int rounds, Results results) {
        results.setting("measured", "the rules alone: no topology, no broker, no stores, one thread");
        Map<String, List<Result>> byName = new LinkedHashMap<>();
        for (int round = 0; round <= rounds; round++) {
            System.out.println(round == 0 ? "warming up" : "round " + round + " of " + rounds);
            for (int size : sizes) {
                for (Result result : all(size)) {
                    if (round > 0) {
                        byName.computeIfAbsent(result.name, name -> new ArrayList<>())
                                .add(result);
                    }
                }
            }
        }
        byName.forEach((name, all) -> {
            results.figure(name + ": ms", Spread.of(all, Result::totalMillis));
            results.figure(name + ": longest step, ms", Spread.of(all, Result::longestMillis));
        });
    }

    private static List<Result> all(int systems) {
        List<Result> results = new ArrayList<>();
        for (Shape shape : Shape.values()) {
            for (int outages : OUTAGES) {
                results.add(new RuleCases(systems).shaped(shape, Math.min(outages, systems)));
            }
        }
        results.add(new RuleCases(systems).renamed());
        results.add(new RuleCases(systems).loadedDuringOutage());
        return results;
    }

    private Result shaped(Shape shape, int outages) {
        for (int i = 0; i < systems; i++) {
            situation.put(system(i, "s" + i, shape.dependencies(i, systems)));
            situation.put(service(i, i));
        }
        for (int i = 0; i < outages; i++) {
            Outage outage = open(i * (systems / outages), NOW + i);
            step(() -> situation.put(outage));
        }
        settleAndPublish();
        return result("%s of %,d systems, %,d outages open", shape.name().toLowerCase(Locale.ROOT), systems, outages);
    }

    private Result renamed() {
        for (int i = 0; i < systems; i++) {
            situation.put(system(i, "s" + i, i < 20 ? Set.of() : Set.of("s" + i % 20)));
            situation.put(service(i, i));
        }
        situation.put(open(3, NOW));
        settleAndPublish();
        total = 0;
        longest = 0;
        for (int i = 0; i < systems; i++) {
            int number = i;
            Set<String> dependsOn = situation.catalogue().system("s" + i).dependsOn();
            step(() -> situation.put(system(number, "renamed", dependsOn)));
        }
        settleAndPublish();
        return result("%,d systems renamed, 1 outage open", systems);
    }

    private Result loadedDuringOutage() {
        Random random = new Random(1);
        situation.put(system(0, "s0", Set.of()));
        situation.put(open(0, NOW));
        int services = 0;
        for (int i = 1; i < systems; i++) {
            Set<String> dependsOn = new TreeSet<>();
            for (int d = 0; d < 3; d++) {
                dependsOn.add("s" + random.nextInt(Math.min(i, 500)));
            }
            MonitoredSystem system = system(i, "s" + i, dependsOn);
            step(() -> situation.put(system));
            // Two services for five systems, as in a large catalogue.
            if (i * 2 / 5 > services) {
                CareService service = service(++services, random.nextInt(systems));
                String any = "c" + (1 + random.nextInt(services));
                step(() -> situation.put(service));
                // As an appointment of any service does.
                step(() -> situation.availability(any));
            }
            if (i % 500 == 0) {
                settleAndPublish();
            }
        }
        settleAndPublish();
        return result("%,d systems loaded, 1 outage open", systems);
    }

    private void settleAndPublish() {
        boolean[] settled = new boolean[1];
        while (!settled[0]) {
            long deadline = System.nanoTime() + BUDGET_NANOS;
            step(() -> settled[0] = situation.settle(() -> System.nanoTime() - deadline >= 0, range -> {}));
        }
        List<Outage> changed = new ArrayList<>();
        step(() -> changed.addAll(situation.changedOutages()));
        changed.forEach(outage -> step(() -> situation.published(outage)));
    }

    private void step(Runnable work) {
        long started = System.nanoTime();
        work.run();
        long took = System.nanoTime() - started;
        total += took;
        longest = Math.max(longest, took);
    }

    private Result result(String name, Object... values) {
        return new Result(String.format(Locale.ROOT, name, values), total / 1e6, longest / 1e6);
    }

    private static MonitoredSystem system(int number, String name, Set<String> dependsOn) {
        return SyntheticRecords.system("s" + number, name, dependsOn, POLICY);
    }

    private static CareService service(int number, int system) {
        return SyntheticRecords.service("c" + number, number, List.of("s" + system));
    }

    private static Outage open(int system, long startedAt) {
        return new Outage("s" + system, startedAt, Outage.OPEN, false, Evidence.OBSERVED, startedAt);
    }
}
