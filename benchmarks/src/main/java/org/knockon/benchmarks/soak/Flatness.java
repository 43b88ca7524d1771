package org.knockon.benchmarks.soak;

import java.util.List;
import java.util.Locale;

/**
 * Whether a curve stays level: the least-squares line through its points may rise by so much from the first to the last, and no more.
 * A curve that falls is level.
 *
 * @param from value of that line at the first point
 * @param to value of that line at the last point
 * @param tolerated largest rise
 */
record Flatness(double from, double to, double tolerated) {

    /**
     * @param points pairs of a minute and a value; at least two, of different minutes
     * @param share of the mean that the line may rise by
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
