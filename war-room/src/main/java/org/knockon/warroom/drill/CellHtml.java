package org.knockon.warroom.drill;

import static j2html.TagCreator.a;
import static j2html.TagCreator.each;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
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
import org.knockon.warroom.page.Figures;
import org.knockon.warroom.page.Frame;
import org.knockon.warroom.page.Vocabulary;
import org.knockon.warroom.page.Words;

/** The page of one cell. */
public final class CellHtml {

    private static final int MAX_POINTS = 300;
    private static final int MAX_REVISIONS = 50;

    private final CellView view;
    private final DeskFrame frame;

    private CellHtml(CellView view) {
        this.view = view;
        frame = new DeskFrame(view.head());
    }

    public static String page(CellView view) {
        return new CellHtml(view).page();
    }

    private String page() {
        String query = "?dimension=" + view.dimension()
                + (view.value().isEmpty() ? "" : "&key=" + DeskFrame.encoded(view.value()));
        List<DomContent> links = new ArrayList<>();
        links.add(a("As JSON").withHref(frame.address("/api/v1/cells" + query)));
        if (view.dimension().equals("OUTAGE")) {
            links.add(a("The outage").withHref(frame.address(DeskFrame.outage(view.value()))));
        }
        return frame.page(
                view.title(),
                links,
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
                        !view.everCounted(),
                        p("Nothing has been counted in a cell of this name, or it is an hour more than "
                                + HistoryWindow.DAYS + " days ago.")),
                frame.facts(
                        "Appointments (postponed and not recorded yet are never added)",
                        List.of(
                                number(Vocabulary.POSTPONED, "", ""),
                                number(Vocabulary.AWAITING_DATE, "of which: ", ""),
                                number(Vocabulary.REBOOKED, "of which: ", ""),
                                number(Vocabulary.RECOVERED, "of which: ", ""),
                                number(Vocabulary.ABANDONED, "of which: ", ""),
                                number(Vocabulary.OUTSTANDING, "", ": no new date, or a new date ahead"),
                                number(Vocabulary.UNCONFIRMED, "", ""),
                                number(Vocabulary.DELIVERED_IN_DOWNTIME, "", ""),
                                number(Vocabulary.AT_RISK, "", ": booked, and a system they need is down"))));
    }

    private TrTag number(Vocabulary count, String before, String after) {
        String name = (before.isEmpty() ? count.heading() : before + count.words()) + after;
        return tr(th(name).attr("scope", "row"), Frame.number(Words.number(count.number(view.figures()))));
    }

    private DomContent curve() {
        if (view.curve().isEmpty()) {
            return p("There is no history of this cell.");
        }
        List<Point> newest = new ArrayList<>(view.curve());
        Collections.reverse(newest);
        List<TrTag> lines = newest.stream()
                .limit(MAX_POINTS)
                .map(point -> tr(th(frame.moment(point.at())).attr("scope", "row"), Frame.figures(point.figures())))
                .toList();
        int more = newest.size() - lines.size();
        return each(
                new CurveChart(view, frame).drawn(),
                frame.counts("As a table: each change, newest first", List.of("Time"), lines),
                iff(more > 0, p("and " + Words.number(more) + " earlier; the JSON has all")));
    }

    private DomContent revisions() {
        List<CellView.Revision> newest = new ArrayList<>(view.revisions());
        Collections.reverse(newest);
        if (newest.isEmpty()) {
            return p("The number of postponed appointments never decreased in this time.");
        }
        int more = newest.size() - MAX_REVISIONS;
        return each(
                p("The number of postponed appointments decreased because a record was entered late or corrected:"),
                ul(each(
                        newest.stream().limit(MAX_REVISIONS).toList(),
                        revision -> li(
                                frame.moment(revision.at()),
                                j2html.TagCreator.text(": revised by −" + Words.number(-revision.by()))))),
                iff(more > 0, p("and " + Words.number(more) + " earlier; the JSON has all")));
    }
}
