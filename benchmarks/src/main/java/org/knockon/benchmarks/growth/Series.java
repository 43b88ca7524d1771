package org.knockon.benchmarks.growth;

import java.util.ArrayList;
import java.util.List;

/** What is varied; all else stays as {@code Case} has it by default. */
enum Series {
    APPOINTMENTS,
    OUTAGES,
    THREADS,
    INSTANCES;

    private static final int SOME = 100_000;
    private static final int THREADS_BY_DEFAULT = 2;

    /**
     * @param steps of what is varied; empty for those by default
     * @param largest number of appointments wanted there already, to try it out
     */
    List<Case> cases(List<Integer> steps, int largest) {
        List<Case> cases = new ArrayList<>();
        int some = Math.min(SOME, largest);
        for (int step : steps.isEmpty() ? byDefault() : steps) {
            switch (this) {
                case APPOINTMENTS -> {
                    if (step <= largest) {
                        cases.add(new Case(step + " appointments there", step, 0, THREADS_BY_DEFAULT, 1));
                    }
                }
                case OUTAGES -> cases.add(new Case(step + " outages open", some, step, THREADS_BY_DEFAULT, 1));
                case THREADS -> cases.add(new Case(step + " threads", some, 0, step, 1));
                // One thread each: otherwise more instances would be more threads as well.
                case INSTANCES -> cases.add(new Case(step + " instances", some, 0, 1, step));
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
        };
    }
}
