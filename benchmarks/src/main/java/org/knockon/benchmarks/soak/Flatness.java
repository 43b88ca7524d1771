package org.knockon.benchmarks.soak;

import java.util.List;
import java.util.Locale;

/**
 * Whether a curve is flat: the least-squares line through its points must not rise by more than is tolerated from the first point to the
 * last. A falling curve is flat.
 *
 * @param from value of that line at the first point
 * @param to value of that line at the last point
 * @param tolerated largest rise
 */
record Flatness(double from, double to, double tolerated) {

    /**
     * @param points pairs of minute and value; at least two, with different minutes
     * @param share tolerated rise, as a share of the mean
     * @param least rise that is always tolerated, in the unit of the values
     */
    static Flatness of(List<double[]> points, double share, double least) {
        double minutes =
                points.stream().mapToDouble(point -> point[0]).average().orElseThrow();
        double mean = points.stream().mapToDouble(point -> point[1]).average().orElseThrow();
        double together = 0;
        double apart = 0;
        for (double[] point : points) {
            together += (point[0] - minutes) * (point[1] - mean);
            apart += (point[0] - minutes) * (point[0] - minutes);
        }
        double slope = together / apart;
        double first = points.get(0)[0];
        double last = points.get(points.size() - 1)[0];
        return new Flatness(
                mean + slope * (first - minutes), mean + slope * (last - minutes), Math.max(least, share * mean));
    }

    boolean flat() {
        return to - from <= tolerated;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: from %.1f to %.1f, a rise of %.1f; tolerated %.1f",
                flat() ? "flat" : "NOT FLAT",
                from,
                to,
                to - from,
                tolerated);
    }
}
