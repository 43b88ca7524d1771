package org.knockon.benchmarks.feeds;

import java.util.Locale;
import org.knockon.benchmarks.harness.Results;

/**
 * How long and how large.
 *
 * @param rounds of the ratios
 * @param warmUp seconds at full speed, of each program; of the feeds three times as long
 * @param seconds of each round
 * @param answerSeconds of the measurement of answers
 * @param appointments that are remembered at the start
 * @param idle connections that never speak
 * @param junkMiB that one connection sends
 * @param seed of the order in the rounds
 */
record FeedsOptions(
        int rounds, int warmUp, int seconds, int answerSeconds, int appointments, int idle, int junkMiB, long seed) {

    /** The feeds have several times the code of the other programs to compile, and run less of it a second. */
    private static final int LONGER = 3;

    /** Seconds at full speed of the feeds themselves. */
    int feedWarmUp() {
        return LONGER * warmUp;
    }

    /** Progress goes to standard error: standard output is for figures. */
    static void progress(String line) {
        System.err.println(line);
    }

    static void atLeast(Results results, String what, double measured, double goal) {
        verdict(results, what, measured, "at least ", goal, measured >= goal);
    }

    static void atMost(Results results, String what, double measured, double goal) {
        verdict(results, what, measured, "at most ", goal, measured <= goal);
    }

    private static void verdict(
            Results results, String what, double measured, String direction, double goal, boolean reached) {
        results.verdict(
                what + " " + direction + text(goal), (reached ? "reached: " : "not reached: ") + text(measured));
    }

    private static String text(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.2f", value);
    }
}
