package org.knockon.warroom.drill;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.tag;
import static j2html.TagCreator.ul;

import j2html.tags.DomContent;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.knockon.warroom.drill.CellView.Point;
import org.knockon.warroom.page.Vocabulary;
import org.knockon.warroom.page.Words;

/** The curve of a cell as steps. Its texts are outside the drawing, so that they keep their size on a phone. */
final class CurveChart {

    private static final int WIDTH = 1_000;
    private static final int HEIGHT = 240;
    private static final List<Line> LINES = List.of(
            new Line("postponed", Vocabulary.POSTPONED),
            new Line("waiting", Vocabulary.AWAITING_DATE),
            new Line("unconfirmed", Vocabulary.UNCONFIRMED),
            new Line("risk", Vocabulary.AT_RISK));

    private final List<Point> points;
    private final DeskFrame frame;
    private final Instant from;
    private final Instant to;
    private final long most;

    /** @param name CSS class */
    private record Line(String name, Vocabulary count) {}

    CurveChart(CellView view, DeskFrame frame) {
        points = view.curve();
        this.frame = frame;
        from = points.get(0).at();
        to = view.head().asOf();
        most = Math.max(
                1,
                points.stream()
                        .flatMap(
                                point -> LINES.stream().map(line -> line.count().number(point.figures())))
                        .mapToLong(Long::longValue)
                        .max()
                        .orElse(1));
    }

    DomContent drawn() {
        return div(
                        ul(each(
                                        LINES,
                                        line -> li(
                                                tag("svg")
                                                        .attr("viewBox", "0 0 40 10")
                                                        .attr("aria-hidden", "true")
                                                        .with(tag("path")
                                                                .attr("d", "M0 5H40")
                                                                .withClass(line.name())),
                                                span(line.count().words()))))
                                .withClass("key"),
                        p("up to " + Words.number(most)).withClass("most"),
                        tag("svg")
                                .attr("viewBox", "0 0 " + WIDTH + " " + HEIGHT)
                                .attr("preserveAspectRatio", "none")
                                .attr("role", "img")
                                .attr(
                                        "aria-label",
                                        "Appointments over time: "
                                                + LINES.stream()
                                                        .map(line ->
                                                                line.count().words())
                                                        .collect(Collectors.joining(", "))
                                                + "; the table below has the same numbers")
                                .withClass("curve")
                                .with(each(
                                        LINES,
                                        line -> tag("path")
                                                .attr("d", steps(line))
                                                .withClass(line.name()))),
                        p(frame.moment(from), frame.moment(to)).withClass("axis"))
                .withClass("drawing");
    }

    private String steps(Line line) {
        StringBuilder path = new StringBuilder();
        for (Point point : points) {
            String y = Long.toString(
                    HEIGHT - Math.round((HEIGHT - 4.0) * line.count().number(point.figures()) / most) - 2);
            path.append(path.isEmpty() ? "M" + x(point.at()) + " " + y : "H" + x(point.at()) + "V" + y);
        }
        return path.append('H').append(WIDTH).toString();
    }

    private long x(Instant at) {
        long whole = Math.max(1, to.toEpochMilli() - from.toEpochMilli());
        return Math.round((double) WIDTH * (at.toEpochMilli() - from.toEpochMilli()) / whole);
    }
}
