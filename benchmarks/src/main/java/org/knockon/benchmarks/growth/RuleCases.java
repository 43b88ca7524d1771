package org.knockon.benchmarks.growth;

import org.knockon.impact.cascade.Situation;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.Requirement;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** How long the rules alone take over large catalogues of unkind shapes: no broker, no stores, one thread. */
public final class RuleCases {

    private static final long NOW = 1_658_217_600_000L;
    private static final long SLICE_NANOS = 30_000_000;
    private static final int SYSTEMS = 20_000;

    /**
     * @param totalMillis from the first change until all is settled and each outage has its cascade
     * @param longestStepMillis the longest piece that a stream thread could not have interrupted
     */
    public record Result(String name, double totalMillis, double longestStepMillis) {}

    /** How systems depend on each other. */
    private enum Shape {
        RING,
        STAR,
        TREE,
        CHAIN;

        Set<String> dependencies(int system) {
            return switch (this) {
                case RING -> Set.of("s" + (system + 1) % SYSTEMS);
                case STAR -> system == 0 ? Set.of() : Set.of("s0");
                case TREE -> system == 0 ? Set.of() : Set.of("s" + (system - 1) / 2);
                case CHAIN -> system == 0 ? Set.of() : Set.of("s" + (system - 1));
            };
        }
    }

    private final Situation situation = new Situation();
    private long total;
    private long longest;

    private RuleCases() {}

    /** Each case once, after as many rounds that are thrown away. */
    public static List<Result> run(int warmUps) {
        List<Result> results = List.of();
        for (int i = 0; i <= warmUps; i++) {
            results = new ArrayList<>();
            for (Shape shape : Shape.values()) {
                for (int outages : new int[] {1, 5, 1_000}) {
                    results.add(new RuleCases().shaped(shape, outages));
                }
            }
            results.add(new RuleCases().renamed());
            results.add(new RuleCases().loadedWhileDown());
        }
        return results;
    }

    private Result shaped(Shape shape, int outages) {
        for (int i = 0; i < SYSTEMS; i++) {
            situation.put(system(i, "s" + i, shape.dependencies(i)));
            situation.put(service(i, "c" + i, i));
        }
        for (int i = 0; i < outages; i++) {
            Outage outage = open(i * (SYSTEMS / outages), NOW + i);
            step(() -> situation.put(outage));
        }
        settleAndPublish();
        return result(shape + " of " + SYSTEMS + " systems, " + outages + " outages");
    }

    private Result renamed() {
        int systems = 3_000;
        for (int i = 0; i < systems; i++) {
            situation.put(system(i, "s" + i, i < 20 ? Set.of() : Set.of("s" + i % 20)));
            situation.put(service(i, "c" + i, i));
        }
        situation.put(open(3, NOW));
        settleAndPublish();
        total = 0;
        longest = 0;
        for (int i = 0; i < systems; i++) {
            int number = i;
            Set<String> dependsOn = situation.catalogue().system("s" + i).dependsOn();
            step(() -> situation.put(system(number, "renamed", dependsOn)));
            step(() -> situation.put(service(number, "renamed", number)));
        }
        settleAndPublish();
        return result("catalogue of " + systems + " systems with other names, 1 outage");
    }

    private Result loadedWhileDown() {
        int systems = 50_000;
        int services = 20_000;
        Random random = new Random(1);
        situation.put(system(0, "s0", Set.of()));
        situation.put(open(0, NOW));
        for (int i = 1; i < systems; i++) {
            Set<String> dependsOn = new TreeSet<>();
            for (int d = 0; d < 3; d++) {
                dependsOn.add("s" + random.nextInt(Math.min(i, 500)));
            }
            MonitoredSystem system = system(i, "s" + i, dependsOn);
            step(() -> situation.put(system));
            if (i % 2 == 0 && i / 2 <= services) {
                int number = i / 2;
                step(() -> situation.put(service(number, "c" + number, random.nextInt(systems))));
                // As an appointment of any service does.
                step(() -> situation.availability("c" + random.nextInt(services)));
            }
            if (i % 500 == 0) {
                settleAndPublish();
            }
        }
        settleAndPublish();
        return result(systems + " systems and " + services + " services loaded, 1 outage open");
    }

    private void settleAndPublish() {
        boolean[] settled = new boolean[1];
        while (!settled[0]) {
            long deadline = System.nanoTime() + SLICE_NANOS;
            step(() -> settled[0] = situation.settle(() -> System.nanoTime() - deadline >= 0, touched -> {}));
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

    private Result result(String name) {
        return new Result(name, total / 1e6, longest / 1e6);
    }

    private static MonitoredSystem system(int number, String name, Set<String> dependsOn) {
        return new MonitoredSystem(
                "s" + number,
                name,
                "ZZ9",
                "APPLICATION",
                dependsOn,
                new MonitoringPolicy(300_000, 600_000, 1_200_000),
                null);
    }

    private static CareService service(int number, String name, int system) {
        return new CareService(
                "c" + number,
                name,
                "ZZ9",
                "ZZ901",
                "320",
                Category.OUTPATIENT,
                List.of(new Requirement("s" + system, Capability.RECORDS, 60_000)));
    }

    private static Outage open(int system, long startedAt) {
        return new Outage("s" + system, startedAt, Outage.OPEN, false, Evidence.OBSERVED, startedAt);
    }
}
