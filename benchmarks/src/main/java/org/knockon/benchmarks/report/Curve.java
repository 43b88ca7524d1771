package org.knockon.benchmarks.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Samples over the time of a run.
 *
 * @param name {@code subject: measure, unit}
 * @param points pairs of minute and value, in order of time
 */
record Curve(String name, List<double[]> points) {

    private static final int WIDTH = 860;
    private static final int PANEL = 120;
    private static final int TITLE = 24;
    private static final int MARGIN = 12;
    private static final int SCALE = 80;

    /** The curves of a result file, in its order. */
    static List<Curve> of(JsonNode result) {
        List<Curve> curves = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : result.path("curves").properties()) {
            List<double[]> points = new ArrayList<>();
            field.getValue()
                    .forEach(point -> points.add(new double[] {
                        point.get(0).doubleValue(), point.get(1).doubleValue()
                    }));
            if (!points.isEmpty()) {
                curves.add(new Curve(field.getKey(), points));
            }
        }
        return curves;
    }

    /** An SVG image with a panel for each curve, each with its own scale from zero; all share the time axis. */
    static String svg(String title, List<Curve> curves) {
        double minutes = curves.stream()
                .mapToDouble(curve -> curve.points.get(curve.points.size() - 1)[0])
                .max()
                .orElse(0);
        StringBuilder svg = new StringBuilder(4_000);
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$d %2$d\" width=\"%1$d\" height=\"%2$d\" "
                        + "font-family=\"sans-serif\" font-size=\"12\" role=\"img\">%n",
                WIDTH,
                2 * MARGIN + (PANEL + TITLE) * curves.size()));
        svg.append("<title>").append(BarChart.escaped(title)).append("</title>\n");
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        int y = MARGIN;
        for (Curve curve : curves) {
            BarChart.text(svg, MARGIN, y + 16, "start", "bold", curve.name);
            curve.draw(svg, y + TITLE, minutes);
            y += TITLE + PANEL;
        }
        return svg.append("</svg>\n").toString().replace(System.lineSeparator(), "\n");
    }

    private void draw(StringBuilder svg, int top, double minutes) {
        int height = PANEL - 2 * MARGIN;
        double most =
                Math.max(points.stream().mapToDouble(point -> point[1]).max().orElse(0), Double.MIN_NORMAL);
        svg.append(String.format(
                Locale.ROOT,
                "<path d=\"M%d,%d V%d H%d\" fill=\"none\" stroke=\"#aeb7bd\"/>%n",
                SCALE,
                top,
                top + height,
                WIDTH - MARGIN));
        BarChart.text(svg, SCALE - 6, top + 10, "end", "normal", Figure.text(BigDecimal.valueOf(most)));
        BarChart.text(svg, SCALE - 6, top + height, "end", "normal", "0");
        BarChart.text(
                svg,
                WIDTH - MARGIN,
                top + height + 14,
                "end",
                "normal",
                Figure.text(BigDecimal.valueOf(minutes)) + " min");
        svg.append("<polyline fill=\"none\" stroke=\"#005eb8\" stroke-width=\"2\" points=\"");
        for (double[] point : points) {
            svg.append(String.format(
                    Locale.ROOT,
                    "%.1f,%.1f ",
                    SCALE + (minutes == 0 ? 0 : point[0] / minutes * (WIDTH - MARGIN - SCALE)),
                    top + height - point[1] / most * height));
        }
        svg.append("\"/>\n");
    }
}
