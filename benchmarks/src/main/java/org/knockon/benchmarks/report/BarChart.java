package org.knockon.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A bar chart: a panel for each measure, each with its own scale from zero; whiskers from the smallest to the largest value. */
final class BarChart {

    private static final int WIDTH = 860;
    private static final int LABELS = 330;
    private static final int BARS = 330;
    private static final int ROW = 20;
    private static final int TITLE = 34;
    private static final int MARGIN = 12;

    private BarChart() {}

    /** An SVG image. */
    static String svg(String name, List<Figure> figures) {
        Map<String, List<Figure>> panels = new LinkedHashMap<>();
        figures.forEach(figure -> panels.computeIfAbsent(figure.measure(), measure -> new ArrayList<>())
                .add(figure));
        int height = 2 * MARGIN + TITLE * panels.size() + ROW * figures.size();
        StringBuilder svg = new StringBuilder(2_000);
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" "
                        + "font-family=\"sans-serif\" font-size=\"12\" role=\"img\">%n",
                WIDTH,
                height,
                WIDTH,
                height));
        svg.append("<title>").append(escaped(name)).append("</title>\n");
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        int y = MARGIN;
        for (Map.Entry<String, List<Figure>> panel : panels.entrySet()) {
            text(svg, MARGIN, y + 22, "start", "bold", panel.getKey());
            y += TITLE;
            double most = panel.getValue().stream()
                    .mapToDouble(BarChart::longest)
                    .max()
                    .orElse(0);
            for (Figure figure : panel.getValue()) {
                bar(svg, y, figure, most);
                y += ROW;
            }
        }
        return svg.append("</svg>\n").toString().replace(System.lineSeparator(), "\n");
    }

    private static void bar(StringBuilder svg, int y, Figure figure, double most) {
        text(svg, LABELS - 8, y + 14, "end", "normal", figure.subject());
        double main = figure.main().doubleValue();
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#005eb8\"/>%n",
                LABELS,
                y + 3,
                length(main, most),
                ROW - 6));
        if (figure.spread()) {
            double from = length(figure.least().doubleValue(), most);
            double to = length(figure.most().doubleValue(), most);
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"#212b32\" stroke-width=\"2\"/>%n",
                    LABELS + from,
                    LABELS + to,
                    y + ROW / 2,
                    y + ROW / 2));
        }
        double afterBar = LABELS + length(longest(figure), most) + 6;
        text(svg, (int) Math.ceil(afterBar), y + 14, "start", "normal", Figure.text(figure.main()));
    }

    /** The largest value drawn for a figure. */
    private static double longest(Figure figure) {
        return Math.max(figure.main().doubleValue(), figure.most().doubleValue());
    }

    private static double length(double value, double most) {
        return most <= 0 ? 0 : Math.max(0, value) / most * BARS;
    }

    static void text(StringBuilder svg, int x, int y, String anchor, String weight, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" font-weight=\"%s\" fill=\"#212b32\">%s</text>%n",
                x,
                y,
                anchor,
                weight,
                escaped(text)));
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
