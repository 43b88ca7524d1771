package org.knockon.benchmarks.growth;

import java.util.List;
import java.util.Locale;

/** What a run of {@code bench growth} varies. */
enum Series {
    APPOINTMENTS(Kind.STEADY_STATE, null, "appointments there", 10_000, 100_000, 1_000_000, 4_000_000),
    /** None is the zero case; five is the steady state of a bad day. */
    OUTAGES(Kind.STEADY_STATE, null, "outages open", 0, 1, 5, 10, 100, 1_000),
    THREADS(Kind.STEADY_STATE, null, "threads", 1, 2, 4),
    INSTANCES(Kind.STEADY_STATE, null, "instances", 1, 2, 4),
    SNAPSHOTS(Kind.INPUT, SingleKeyInput.SNAPSHOTS, "snapshots of one appointment", 1_000, 10_000),
    REPLACES(Kind.INPUT, SingleKeyInput.REPLACES, "appointments in place of one", 1_000, 10_000),
    MONITORS(Kind.INPUT, SingleKeyInput.MONITORS, "monitors of one system", 300, 3_000),
    RING(Kind.INPUT, DependencyInput.RING, "systems in a ring", 2_000, 20_000),
    STAR(Kind.INPUT, DependencyInput.STAR, "systems in a star", 2_000, 20_000),
    TREE(Kind.INPUT, DependencyInput.TREE, "systems in a tree", 2_000, 20_000),
    RENAMES(Kind.INPUT, DependencyInput.RENAMES, "systems renamed", 300, 3_000),
    LARGE_CATALOGUE(Kind.BROKER, null, "systems in the catalogue", 5_000, 50_000),
    RULES(Kind.RULES, null, "systems", 2_000, 20_000);

    /** How a series is measured. */
    enum Kind {
        /** A real broker and app that already store something; then a steady load. */
        STEADY_STATE,
        /** The topology without a broker, fed with one kind of input. */
        INPUT,
        /** A real broker, from the first record to the last count. */
        BROKER,
        /** The rules alone, without topology. */
        RULES
    }

    private static final int SOME_APPOINTMENTS = 100_000;
    private static final int DEFAULT_THREADS = 2;

    private final Kind kind;
    private final GrowingInput input;
    private final String counted;
    private final List<Integer> defaultSteps;

    /**
     * @param input of {@link Kind#INPUT}; null for others
     * @param counted what a step is a number of
     */
    Series(Kind kind, GrowingInput input, String counted, Integer... defaultSteps) {
        this.kind = kind;
        this.input = input;
        this.counted = counted;
        this.defaultSteps = List.of(defaultSteps);
    }

    Kind kind() {
        return kind;
    }

    GrowingInput input() {
        return input;
    }

    String counted() {
        return counted;
    }

    /** @param wanted empty for the default */
    List<Integer> steps(List<Integer> wanted) {
        return wanted.isEmpty() ? defaultSteps : wanted;
    }

    /** The point of a {@link Kind#STEADY_STATE} series at this step. */
    GrowthPoint point(int step) {
        String name = step + " " + counted;
        return switch (this) {
            case APPOINTMENTS -> new GrowthPoint(name, step, 0, DEFAULT_THREADS, 1);
            case OUTAGES -> new GrowthPoint(name, SOME_APPOINTMENTS, step, DEFAULT_THREADS, 1);
            case THREADS -> new GrowthPoint(name, SOME_APPOINTMENTS, 0, step, 1);
            // One thread each: otherwise more instances would mean more threads as well.
            case INSTANCES -> new GrowthPoint(name, SOME_APPOINTMENTS, 0, 1, step);
            default -> throw new IllegalStateException(name());
        };
    }

    /** For options, files and results: {@code large-catalogue}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
