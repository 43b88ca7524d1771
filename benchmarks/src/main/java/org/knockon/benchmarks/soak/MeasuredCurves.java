package org.knockon.benchmarks.soak;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knockon.benchmarks.harness.Results;

/** The samples of a run, and whether each curve stays flat once the run has settled. */
final class MeasuredCurves {

    static final String HEAP = "heap after a full collection, MiB";
    static final String RSS = "resident memory, MiB";
    static final String THREADS = "threads, count";
    static final String FILES = "open files, count";
    static final String DISK = "disk of the state folder, MiB";

    /** Tolerated rise from settling to the end: a share of the mean, and at least this much. */
    private record Tolerance(double share, double least) {}

    private static final Map<String, Tolerance> TOLERATED = Map.of(
            HEAP, new Tolerance(0.10, 16),
            // Java and RocksDB keep memory that they have used, and grow in steps.
            RSS, new Tolerance(0.10, 64),
            THREADS, new Tolerance(0.05, 3),
            FILES, new Tolerance(0.05, 16),
            // RocksDB compacts its files at intervals; between two compactions they only grow.
            DISK, new Tolerance(0.10, 64));

    private final double settledMinutes;
    private final Map<String, List<double[]>> all = new LinkedHashMap<>();

    /** @param settledMinutes points before this minute are not judged */
    MeasuredCurves(double settledMinutes) {
        this.settledMinutes = settledMinutes;
    }

    void add(String subject, String measure, double minute, double value) {
        all.computeIfAbsent(subject + ": " + measure, name -> new ArrayList<>())
                .add(new double[] {rounded(minute), rounded(value)});
    }

    /** Reports all curves, and a verdict on each that must be flat; returns whether all of these are. */
    boolean judge(Results results) {
        boolean flat = true;
        for (Map.Entry<String, List<double[]>> curve : all.entrySet()) {
            results.curve(curve.getKey(), curve.getValue());
            Tolerance tolerance =
                    TOLERATED.get(curve.getKey().substring(curve.getKey().indexOf(": ") + 2));
            List<double[]> settled = curve.getValue().stream()
                    .filter(point -> point[0] >= settledMinutes)
                    .toList();
            if (tolerance == null) {
                continue;
            }
            if (settled.size() < 2) {
                results.verdict(curve.getKey(), "NOT FLAT: fewer than two points after settling");
                flat = false;
                continue;
            }
            Flatness flatness = Flatness.of(settled, tolerance.share, tolerance.least);
            results.verdict(curve.getKey(), flatness.toString());
            flat &= flatness.flat();
        }
        return flat;
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
