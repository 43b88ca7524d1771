package org.knockon.warroom.drill;

import static j2html.TagCreator.a;
import static j2html.TagCreator.each;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.li;
import static j2html.TagCreator.ol;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.tr;
import static j2html.TagCreator.ul;

import j2html.tags.DomContent;
import j2html.tags.specialized.TrTag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.knockon.warroom.drill.OutageView.Heard;
import org.knockon.warroom.drill.OutageView.Node;
import org.knockon.warroom.drill.OutageView.Service;
import org.knockon.warroom.page.Frame;
import org.knockon.warroom.page.Isolated;
import org.knockon.warroom.report.IncidentReport.Figures;
import org.knockon.warroom.report.ReportWords;

/** The page of one outage. */
public final class OutageHtml {

    private static final int MOST_SERVICES = 200;

    private final OutageView view;
    private final Frame frame;

    private OutageHtml(OutageView view) {
        this.view = view;
        frame = new Frame(view.head());
    }

    public static String page(OutageView view) {
        return new OutageHtml(view).page();
    }

    private String page() {
        String api = "/api/v1/outages/" + Frame.encoded(view.outageId());
        return frame.page(
                "Outage: " + Isolated.name(view.system()),
                List.of(
                        a("The same as JSON").withHref(frame.address(api)),
                        a("Count by category and specialty")
                                .withHref(frame.address(Frame.outage(view.outageId()) + "/counts")),
                        a("Affected appointments (for rebooking)")
                                .withHref(frame.address(Frame.outage(view.outageId()) + "/appointments"))),
                List.of(
                        Frame.part("facts", "What happened", facts()),
                        Frame.part("causes", "What it follows from", causes()),
                        Frame.part("follows", "What follows from it", follows()),
                        Frame.part("evidence", "Evidence", evidence()),
                        Frame.part("numbers", "Appointments it had a part in", numbers()),
                        Frame.part("services", "Care services that need it", services()),
                        Frame.part("kinds", "These services by category and specialty", kinds()),
                        Frame.part(
                                "method", "What the numbers are", ul(each(view.method(), sentence -> li(sentence))))));
    }

    private DomContent facts() {
        Instant until = view.endedAt() == null ? view.head().standsAt() : view.endedAt();
        String lasted = ReportWords.duration(Duration.between(view.startedAt(), until));
        List<TrTag> facts = new ArrayList<>(List.of(
                Frame.fact("System", Isolated.name(view.system()) + " (" + Isolated.name(view.systemId()) + ")"),
                Frame.fact(
                        "State", view.endedAt() == null ? "▲ Out, " + lasted + " so far" : "✓ Back, after " + lasted),
                Frame.fact("Kind", view.rootCause() ? "Root cause" : "Follows from another"),
                Frame.fact("Planned", view.planned() ? "Yes, announced maintenance" : "No"),
                Frame.fact("Began", frame.moment(view.startedAt())),
                Frame.fact(
                        "First seen by a monitor",
                        frame.moment(
                                view.detectedAt(),
                                view.evidence().equals("SILENCE")
                                        ? "by none: they fell silent"
                                        : "not kept: it is too long ago")),
                Frame.fact("Confirmed", frame.moment(view.confirmedAt())),
                Frame.fact("Ended", frame.moment(view.endedAt(), "not yet")),
                Frame.fact(
                        "Evidence",
                        switch (view.evidence()) {
                            case "OBSERVED" -> "Monitors saw it";
                            case "SILENCE" -> "Monitors fell silent";
                            default -> ReportWords.label(view.evidence());
                        })));
        if (view.rootCause()) {
            facts.add(Frame.fact("All that follows back", frame.moment(view.allBackAt(), "not yet")));
        }
        return frame.facts("The outage", facts);
    }

    private DomContent causes() {
        return view.causes().isEmpty() ? p("It is a root cause: nothing beneath it had failed.") : tree(view.causes());
    }

    private DomContent follows() {
        return view.follows().isEmpty() ? p("No other system needs it.") : tree(view.follows());
    }

    private DomContent tree(List<Node> nodes) {
        return ol(each(
                        nodes,
                        node -> li(
                                node.outageId() == null
                                        ? strong(Isolated.html(Isolated.name(node.system())))
                                        : a(Isolated.html(Isolated.name(node.system())))
                                                .withHref(frame.address(Frame.outage(node.outageId()))),
                                iff(node.rootCause(), span("▲ Root cause").withClass("root")),
                                about(node),
                                iff(!node.next().isEmpty(), tree(node.next())))))
                .withClass("tree");
    }

    private DomContent about(Node node) {
        if (node.outageId() == null) {
            return text(" no outage of its own");
        }
        return each(
                text(" out from "),
                frame.moment(node.startedAt()),
                text(node.endedAt() == null ? ", still" : " to "),
                iff(node.endedAt() != null, frame.moment(node.endedAt(), "")));
    }

    private DomContent evidence() {
        return frame.rows(
                "What monitors said",
                List.of("From", "To", "Monitor", "Said"),
                0,
                view.heard().stream().map(this::heard).toList());
    }

    private TrTag heard(Heard heard) {
        return tr(
                th(frame.moment(heard.first())).attr("scope", "row"),
                td(frame.moment(heard.last())),
                td(Isolated.html(Isolated.name(heard.monitor()))),
                td(ReportWords.label(heard.status())));
    }

    private DomContent numbers() {
        if (view.figures() == null) {
            return p(frame.noHistory());
        }
        List<TrTag> lines = new ArrayList<>();
        lines.add(numbers(Isolated.name(view.system()), "OUTAGE", view.outageId(), view.figures()));
        if (view.causedFigures() != null) {
            lines.add(numbers(
                    Isolated.name(view.system()) + ", with all that follows, at any time",
                    "SYSTEM",
                    view.systemId(),
                    view.causedFigures()));
        }
        return frame.counted("Appointments (known and presumed are never added)", List.of("Outage"), lines);
    }

    private TrTag numbers(String name, String dimension, String key, Figures figures) {
        String cell = frame.address("/cell?dimension=" + dimension + "&key=" + Frame.encoded(key));
        return tr(th(a(Isolated.html(name)).withHref(cell)).attr("scope", "row"), Frame.figures(figures));
    }

    private DomContent services() {
        List<TrTag> lines = view.services().stream()
                .limit(MOST_SERVICES)
                .map(OutageHtml::service)
                .toList();
        int more = view.services().size() - lines.size();
        return each(
                frame.counted(
                        "Care services, by whatever outage they were hit",
                        List.of("Care service", "Site", "Specialty", "Category"),
                        lines),
                iff(more > 0, p("and " + ReportWords.number(more) + " more, all of them in the JSON")));
    }

    private static TrTag service(Service service) {
        return tr(
                th(Isolated.html(Isolated.name(service.name()))).attr("scope", "row"),
                td(Isolated.html(ReportWords.site(service.siteName(), service.site()))),
                td(Isolated.html(Isolated.name(service.specialty()))),
                td(ReportWords.label(service.category())),
                Frame.figures(service.figures()));
    }

    private DomContent kinds() {
        if (view.head().fromHistory()) {
            return p("Not for the past: no history of care services is kept.");
        }
        return each(
                frame.counted(
                        "By category, by whatever outage", List.of("Category"), Frame.sums(view.byCategory(), true)),
                frame.counted(
                        "By specialty, by whatever outage",
                        List.of("Treatment function code"),
                        Frame.sums(view.bySpecialty(), false)));
    }
}
