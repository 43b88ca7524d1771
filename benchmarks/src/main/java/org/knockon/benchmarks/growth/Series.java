package org.knockon.benchmarks.growth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is varied; all else stays as {@code GrowthPoint} has it by default. */
enum Series {
    APPOINTMENTS,
    OUTAGES,
    THREADS,
    INSTANCES,
    SNAPSHOTS(SingleKeyInput.SNAPSHOTS, "snapshots of one appointment", 1_000, 10_000),
    REPLACES(SingleKeyInput.REPLACES, "appointments in place of one", 1_000, 10_000),
    MONITORS(SingleKeyInput.MONITORS, "monitors of one system", 300, 3_000),
    RING(DependencyInput.RING, "systems in a ring", 2_000, 20_000),
    STAR(DependencyInput.STAR, "systems in a star", 2_000, 20_000),
    TREE(DependencyInput.TREE, "systems in a tree", 2_000, 20_000),
    RENAMES(DependencyInput.RENAMES, "systems renamed", 300, 3_000),
    LARGE_CATALOGUE(null, "systems in the catalogue", 5_000, 50_000);

    private final GrowingInput input;
    private final String counted;
    private final List<Integer> sizes;

    /** Growth of what is there already, in the steady state. */
    Series() {
        this(null, null);
    }

    /**
     * Growth of one input.
     *
     * @param input null for the one that needs a broker
     * @param counted what the sizes are of
     */
    Series(GrowingInput input, String counted, Integer... sizes) {
        this.input = input;
        this.counted = counted;
        this.sizes = List.of(sizes);
    }

    /** Whether there are {@link #cases}; else there are {@link #sizes}. */
    boolean isSteadyState() {
        return counted == null;
    }

    /** Empty when it needs a broker. */
    Optional<GrowingInput> input() {
        return Optional.ofNullable(input);
    }

    /** What the sizes are of. */
    String counted() {
        return counted;
    }

    /** @param steps those wanted; empty for those by default */
    List<Integer> sizes(List<Integer> steps) {
        return steps.isEmpty() ? sizes : steps;
    }

    /** For options, files and results: {@code large-catalogue}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static final int SOME = 100_000;
    private static final int THREADS_BY_DEFAULT = 2;

    /**
     * @param steps of what is varied; empty for those by default
     * @param largest number of appointments wanted there already, to try it out
     */
    List<GrowthPoint> cases(List<Integer> steps, int largest) {
        List<GrowthPoint> cases = new ArrayList<>();
        int some = Math.min(SOME, largest);
        for (int step : steps.isEmpty() ? byDefault() : steps) {
            switch (this) {
                case APPOINTMENTS -> {
                    if (step <= largest) {
                        cases.add(new GrowthPoint(step + " appointments there", step, 0, THREADS_BY_DEFAULT, 1));
                    }
                }
                case OUTAGES -> cases.add(new GrowthPoint(step + " outages open", some, step, THREADS_BY_DEFAULT, 1));
                case THREADS -> cases.add(new GrowthPoint(step + " threads", some, 0, step, 1));
                // One thread each: otherwise more instances would be more threads as well.
                case INSTANCES -> cases.add(new GrowthPoint(step + " instances", some, 0, 1, step));
                default -> throw new IllegalStateException(name());
            }
        }
        return cases;
    }

    private List<Integer> byDefault() {
        return switch (this) {
            case APPOINTMENTS -> List.of(10_000, 100_000, 1_000_000, 4_000_000);
            // None is the zero case; five is the steady state of a bad day.
            case OUTAGES -> List.of(0, 1, 5, 10, 100, 1_000);
            case THREADS, INSTANCES -> List.of(1, 2, 4);
            default -> throw new IllegalStateException(name());
        };
    }
}
