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
import org.knockon.impact.model.ImpactState;
import org.knockon.warroom.drill.AppointmentsView.Row;
import org.knockon.warroom.page.Frame;
import org.knockon.warroom.page.Isolated;
import org.knockon.warroom.report.ReportWords;

/** The page of the appointments of one outage. */
public final class AppointmentsHtml {

    /** In words, wherever a list was cut. */
    static final String CUT =
            "CUT: this list is not complete: there are more appointments than can be listed at once, or records that cannot be read";

    private static final int MOST_ROWS = 500;
    private static final List<ImpactState> STATES = List.of(ImpactState.values());

    private final AppointmentsView view;
    private final Frame frame;

    private AppointmentsHtml(AppointmentsView view) {
        this.view = view;
        frame = new Frame(view.head());
    }

    public static String page(AppointmentsView view) {
        return new AppointmentsHtml(view).page();
    }

    private String page() {
        String api = "/api/v1/outages/" + Frame.encoded(view.outageId()) + "/appointments";
        return frame.page(
                "Affected appointments: " + Isolated.name(view.system()),
                List.of(
                        a("All as JSON").withHref(api),
                        a("All as CSV").withHref(api + ".csv"),
                        a("The outage").withHref(frame.address(Frame.outage(view.outageId())))),
                List.of(
                        Frame.part("about", "About this list", about()),
                        Frame.part("sums", "Sums", sums()),
                        Frame.part("rows", "Appointments by slot", rows())));
    }

    private DomContent about() {
        List<DomContent> said = new ArrayList<>();
        if (view.cut()) {
            said.add(p(strong(CUT + ".")).withClass("cut"));
        }
        said.add(p(count(view.rows().size())
                        + (view.rows().size() == 1 ? " appointment" : " appointments")
                        + (view.rows().size() > MOST_ROWS
                                ? ", of which this page shows the first " + count(MOST_ROWS)
                                        + "; the CSV has all of them."
                                : "."))
                .withId("total"));
        said.add(p(
                "Ids are those of the booking system. No name, number or other reference of a patient is in this list."
                        + " Whoever looks at it is written down, with the time and the number of rows."));
        if (view.head().fromHistory()) {
            said.add(p("The list is as it stands now, whatever time is looked back at: its topic keeps no past."));
        }
        return each(said, one -> one);
    }

    private DomContent sums() {
        return each(
                tally("By category", "Category", view.byCategory(), true),
                tally("By specialty", "Treatment function code", view.bySpecialty(), false));
    }

    private DomContent tally(String named, String first, List<Tally> tallies, boolean label) {
        List<ImpactState> states = STATES.stream()
                .filter(state ->
                        tallies.stream().anyMatch(tally -> tally.states().containsKey(state)))
                .toList();
        List<String> columns = new ArrayList<>(List.of(first));
        states.forEach(state -> columns.add(ReportWords.label(state.name())));
        List<TrTag> lines = tallies.stream()
                .map(tally -> tr(
                        th(Isolated.html(label ? ReportWords.label(tally.value()) : Frame.specialty(tally.value())))
                                .attr("scope", "row"),
                        each(
                                states,
                                state -> td(count(tally.states().getOrDefault(state, 0L)))
                                        .withClass("number"))))
                .toList();
        return frame.rows(named, columns, states.size(), lines);
    }

    private DomContent rows() {
        return frame.rows(
                "Appointments",
                List.of(
                        "Appointment",
                        "State",
                        "Slot",
                        "First slot hit",
                        "Care service",
                        "Site",
                        "Category",
                        "Priority"),
                0,
                view.rows().stream().limit(MOST_ROWS).map(this::row).toList());
    }

    private TrTag row(Row row) {
        return tr(
                th(Isolated.html(Isolated.name(row.appointmentId()))).attr("scope", "row"),
                td(ReportWords.label(row.state())),
                td(frame.moment(row.slotStart())),
                td(frame.moment(row.firstPostponedSlot(), "none")),
                td(Isolated.html(Isolated.name(row.service()))),
                td(Isolated.html(ReportWords.site(row.siteName(), row.site()))),
                td(ReportWords.label(row.category())),
                td(ReportWords.label(row.priority())));
    }

    private static String count(long number) {
        return ReportWords.number(number);
    }
}
