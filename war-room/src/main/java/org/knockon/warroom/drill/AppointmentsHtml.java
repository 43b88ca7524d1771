package org.knockon.warroom.drill;

import static j2html.TagCreator.a;
import static j2html.TagCreator.each;
import static j2html.TagCreator.p;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.tr;

import j2html.tags.DomContent;
import j2html.tags.specialized.TrTag;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.knockon.impact.model.ImpactState;
import org.knockon.warroom.drill.AppointmentsView.Row;
import org.knockon.warroom.page.Frame;
import org.knockon.warroom.page.Isolated;
import org.knockon.warroom.page.Vocabulary;
import org.knockon.warroom.page.Words;

/** The page of the appointments of one outage. */
public final class AppointmentsHtml {

    /** The warning on page and CSV if the list was cut. */
    static final String INCOMPLETE =
            "INCOMPLETE LIST: there are more appointments than can be listed, or some records could not be read";

    private static final int MAX_ROWS = 500;
    private static final List<ImpactState> STATES = List.of(ImpactState.values());

    private final AppointmentsView view;
    private final DeskFrame frame;

    private AppointmentsHtml(AppointmentsView view) {
        this.view = view;
        frame = new DeskFrame(view.head());
    }

    public static String page(AppointmentsView view) {
        return new AppointmentsHtml(view).page();
    }

    private String page() {
        String api = "/api/v1/outages/" + DeskFrame.encoded(view.outageId()) + "/appointments";
        return frame.page(
                "Affected appointments: " + Isolated.name(view.system()),
                List.of(
                        a("All as JSON").withHref(api),
                        a("All as CSV").withHref(api + ".csv"),
                        a("The outage").withHref(frame.address(DeskFrame.outage(view.outageId())))),
                List.of(
                        Frame.part("about", "About this list", about()),
                        Frame.part("sums", "Totals", sums()),
                        Frame.part("rows", "Appointments by slot", rows())));
    }

    private DomContent about() {
        List<DomContent> paragraphs = new ArrayList<>();
        if (view.cut()) {
            paragraphs.add(p(strong(INCOMPLETE + ".")).withClass("cut"));
        }
        paragraphs.add(p(Words.count(view.rows().size(), "appointment")
                        + (view.rows().size() > MAX_ROWS
                                ? "; this page shows the first " + Words.number(MAX_ROWS) + ", the CSV has all."
                                : "."))
                .withId("total"));
        paragraphs.add(
                p("Ids are those of the booking system. The list contains no name, number or other reference of a"
                        + " patient. Every view is logged with the user, the time and the number of rows."));
        if (view.head().fromHistory()) {
            paragraphs.add(
                    p(
                            "The list shows the current state, not that of the time looked back at: its topic keeps no history."));
        }
        return each(paragraphs, one -> one);
    }

    private DomContent sums() {
        return each(
                tally("By category", "Category", view.byCategory(), Words::label),
                tally("By specialty", "Treatment function code", view.bySpecialty(), Words::specialty));
    }

    private DomContent tally(String caption, String first, List<Tally> tallies, UnaryOperator<String> label) {
        List<ImpactState> states = STATES.stream()
                .filter(state ->
                        tallies.stream().anyMatch(tally -> tally.states().containsKey(state)))
                .toList();
        List<String> columns = new ArrayList<>(List.of(first));
        states.forEach(state -> columns.add(Vocabulary.heading(state)));
        List<TrTag> lines = tallies.stream()
                .map(tally -> tr(
                        th(Isolated.html(label.apply(tally.value()))).attr("scope", "row"),
                        each(
                                states,
                                state ->
                                        Frame.number(Words.number(tally.states().getOrDefault(state, 0L))))))
                .toList();
        return frame.rows(caption, columns, states.size(), lines);
    }

    private DomContent rows() {
        return frame.rows(
                "Appointments",
                List.of(
                        "Appointment",
                        "State",
                        "Slot",
                        "First postponed slot",
                        "Care service",
                        "Site",
                        "Category",
                        "Priority"),
                0,
                view.rows().stream().limit(MAX_ROWS).map(this::row).toList());
    }

    private TrTag row(Row row) {
        return tr(
                th(Isolated.html(Isolated.name(row.appointmentId()))).attr("scope", "row"),
                td(Vocabulary.heading(ImpactState.valueOf(row.state()))),
                td(frame.moment(row.slotStart())),
                td(frame.moment(row.firstPostponedSlot(), "none")),
                td(Isolated.html(Isolated.name(row.service()))),
                td(Isolated.html(Words.site(row.siteName(), row.site()))),
                td(Words.label(row.category())),
                td(Words.label(row.priority())));
    }
}
