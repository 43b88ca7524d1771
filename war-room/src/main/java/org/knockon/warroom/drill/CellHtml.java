package org.knockon.warroom.drill;

import static j2html.TagCreator.a;
import static j2html.TagCreator.each;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.tr;
import static j2html.TagCreator.ul;

import j2html.tags.DomContent;
import j2html.tags.specialized.TrTag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.knockon.warroom.board.HistoryWindow;
import org.knockon.warroom.drill.CellView.Point;
import org.knockon.warroom.page.Frame;
import org.knockon.warroom.report.IncidentReport.Figures;
import org.knockon.warroom.report.ReportWords;

/** The page of one cell. */
public final class CellHtml {

    private static final int MOST_POINTS = 300;
    private static final int MOST_REVISIONS = 50;

    private final CellView view;
    private final Frame frame;

    private CellHtml(CellView view) {
        this.view = view;
        frame = new Frame(view.head());
    }

    public static String page(CellView view) {
        return new CellHtml(view).page();
    }

    private String page() {
        String asked = "?dimension=" + view.dimension()
                + (view.value().isEmpty() ? "" : "&key=" + Frame.encoded(view.value()));
        List<DomContent> beside = new ArrayList<>();
        beside.add(a("The same as JSON").withHref(frame.address("/api/v1/cells" + asked)));
        if (view.dimension().equals("OUTAGE")) {
            beside.add(a("The outage").withHref(frame.address(Frame.outage(view.value()))));
        }
        return frame.page(
                view.title(),
                beside,
                List.of(
                        Frame.part("numbers", "Numbers", numbers()),
                        Frame.part(
                                "curve",
                                "The last " + Duration.ofMillis(CellView.CURVE).toDays() + " days",
                                curve()),
                        Frame.part("revisions", "Revisions", revisions())));
    }

    private DomContent numbers() {
        Figures figures = view.figures();
        if (figures == null) {
            return p(frame.noHistory());
        }
        return each(
                iff(
                        !view.met(),
                        p("Nothing has been counted in a cell of this name, or it is an hour more than " + HistoryWindow.DAYS
                                + " days back.")),
                frame.facts(
                        "Appointments (known and presumed are never added)",
                        List.of(
                                number("Known: recorded as postponed", figures.postponed()),
                                number("of these without a new date", figures.awaitingDate()),
                                number("of these rebooked", figures.rebooked()),
                                number("of these delivered since", figures.recovered()),
                                number("of these not coming any more", figures.abandoned()),
                                number("Presumed: nobody has said yet", figures.unconfirmed()),
                                number("Took place on paper", figures.onPaper()),
                                number("At risk: booked, and what they need is down", figures.atRisk()))));
    }

    private static TrTag number(String name, long number) {
        return tr(th(name).attr("scope", "row"), td(ReportWords.number(number)).withClass("number"));
    }

    private DomContent curve() {
        if (view.curve().isEmpty()) {
            return p("No history of it is known.");
        }
        List<Point> newest = new ArrayList<>(view.curve());
        Collections.reverse(newest);
        List<TrTag> lines = newest.stream()
                .limit(MOST_POINTS)
                .map(point -> tr(th(frame.moment(point.at())).attr("scope", "row"), Frame.figures(point.figures())))
                .toList();
        int more = newest.size() - lines.size();
        return each(
                new CurveChart(view, frame).drawn(),
                frame.counted("The same as a table: each change, newest first", List.of("Time"), lines),
                iff(more > 0, p("and " + ReportWords.number(more) + " earlier ones, all of them in the JSON")));
    }

    private DomContent revisions() {
        List<CellView.Revision> newest = new ArrayList<>(view.revisions());
        Collections.reverse(newest);
        if (newest.isEmpty()) {
            return p("What was known never became less in this time.");
        }
        int more = newest.size() - MOST_REVISIONS;
        return each(
                p("What was known became less, because something was entered late or taken back:"),
                ul(each(
                        newest.stream().limit(MOST_REVISIONS).toList(),
                        revision -> li(
                                frame.moment(revision.at()),
                                j2html.TagCreator.text(": revised by −" + ReportWords.number(-revision.by()))))),
                iff(more > 0, p("and " + ReportWords.number(more) + " earlier ones, all of them in the JSON")));
    }
}
