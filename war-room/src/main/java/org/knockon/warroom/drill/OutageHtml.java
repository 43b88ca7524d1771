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
import org.knockon.warroom.drill.OutageView.Node;
import org.knockon.warroom.drill.OutageView.Service;
import org.knockon.warroom.drill.OutageView.StatusPeriod;
import org.knockon.warroom.page.Figures;
import org.knockon.warroom.page.Frame;
import org.knockon.warroom.page.Isolated;
import org.knockon.warroom.page.Words;

/** The page of one outage. */
public final class OutageHtml {

    private static final int MAX_SERVICES = 200;

    private final OutageView view;
    private final DeskFrame frame;

    private OutageHtml(OutageView view) {
        this.view = view;
        frame = new DeskFrame(view.head());
    }

    public static String page(OutageView view) {
        return new OutageHtml(view).page();
    }

    private String page() {
        String api = "/api/v1/outages/" + DeskFrame.encoded(view.outageId());
        return frame.page(
                "Outage: " + Isolated.name(view.system()),
                List.of(
                        a("As JSON").withHref(frame.address(api)),
                        a("Count by category and specialty")
                                .withHref(frame.address(DeskFrame.outage(view.outageId()) + "/counts")),
                        a("Affected appointments (for rebooking)")
                                .withHref(frame.address(DeskFrame.outage(view.outageId()) + "/appointments"))),
                List.of(
                        Frame.part("facts", "What happened", facts()),
                        Frame.part("causes", "Caused by", causes()),
                        Frame.part("follows", "Dependents", follows()),
                        Frame.part("evidence", "Evidence", evidence()),
                        Frame.part("numbers", "Affected appointments", numbers()),
                        Frame.part("services", "Care services that need it", services()),
                        Frame.part("kinds", "These services by category and specialty", kinds()),
                        Frame.part(
                                "method", "What the numbers mean", ul(each(view.method(), sentence -> li(sentence))))));
    }

    private DomContent facts() {
        Instant until = view.endedAt() == null ? view.head().asOf() : view.endedAt();
        String lasted = Words.duration(Duration.between(view.startedAt(), until));
        List<TrTag> facts = new ArrayList<>(List.of(
                Frame.fact("System", Isolated.name(view.system()) + " (" + Isolated.name(view.systemId()) + ")"),
                Frame.fact(
                        "State", view.endedAt() == null ? "▲ Out, " + lasted + " so far" : "✓ Back, after " + lasted),
                Frame.fact("Kind", view.rootCause() ? "Root cause" : "Caused by another outage"),
                Frame.fact("Planned", view.planned() ? "Yes, announced maintenance" : "No"),
                Frame.fact("Began", frame.moment(view.startedAt())),
                Frame.fact(
                        "First seen by a monitor",
                        frame.moment(
                                view.detectedAt(),
                                view.evidence().equals("SILENCE")
                                        ? "by none: monitors fell silent"
                                        : "too long ago to be kept")),
                Frame.fact("Confirmed", frame.moment(view.confirmedAt())),
                Frame.fact("Ended", frame.moment(view.endedAt(), "not yet")),
                Frame.fact("Evidence", Words.evidence(view.evidence()))));
        if (view.rootCause()) {
            facts.add(Frame.fact("All dependents restored", frame.moment(view.allBackAt(), "not yet")));
        }
        return frame.facts("The outage", facts);
    }

    private DomContent causes() {
        return view.causes().isEmpty()
                ? p("This is a root cause: none of its dependencies had failed.")
                : tree(view.causes());
    }

    private DomContent follows() {
        return view.follows().isEmpty() ? p("No other system depends on it.") : tree(view.follows());
    }

    private DomContent tree(List<Node> nodes) {
        return ol(each(
                        nodes,
                        node -> li(
                                node.outageId() == null
                                        ? strong(Isolated.html(Isolated.name(node.system())))
                                        : a(Isolated.html(Isolated.name(node.system())))
                                                .withHref(frame.address(DeskFrame.outage(node.outageId()))),
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
                "Reports of monitors",
                List.of("From", "To", "Monitor", "Status"),
                0,
                view.statusHistory().stream().map(this::status).toList());
    }

    private TrTag status(StatusPeriod period) {
        return tr(
                th(frame.moment(period.first())).attr("scope", "row"),
                td(frame.moment(period.last())),
                td(Isolated.html(Isolated.name(period.monitor()))),
                td(Words.label(period.status())));
    }

    private DomContent numbers() {
        if (view.figures() == null) {
            return p(frame.noHistory());
        }
        List<TrTag> lines = new ArrayList<>();
        lines.add(numbers(Isolated.name(view.system()), "OUTAGE", view.outageId(), view.figures()));
        if (view.causedFigures() != null) {
            lines.add(numbers(
                    Isolated.name(view.system()) + " and all dependents, in all its outages",
                    "SYSTEM",
                    view.systemId(),
                    view.causedFigures()));
        }
        return frame.counts("Appointments (postponed and not recorded yet are never added)", List.of("Outage"), lines);
    }

    private TrTag numbers(String name, String dimension, String key, Figures figures) {
        String cell = frame.address("/cell?dimension=" + dimension + "&key=" + DeskFrame.encoded(key));
        return tr(th(a(Isolated.html(name)).withHref(cell)).attr("scope", "row"), Frame.figures(figures));
    }

    private DomContent services() {
        List<TrTag> lines = view.services().stream()
                .limit(MAX_SERVICES)
                .map(OutageHtml::service)
                .toList();
        int more = view.services().size() - lines.size();
        return each(
                frame.counts(
                        "Care services, affected by any outage",
                        List.of("Care service", "Site", "Specialty", "Category"),
                        lines),
                iff(more > 0, p("and " + Words.number(more) + " more; the JSON has all")));
    }

    private static TrTag service(Service service) {
        return tr(
                th(Isolated.html(Isolated.name(service.name()))).attr("scope", "row"),
                td(Isolated.html(Words.site(service.siteName(), service.site()))),
                td(Isolated.html(Isolated.name(service.specialty()))),
                td(Words.label(service.category())),
                Frame.figures(service.figures()));
    }

    private DomContent kinds() {
        if (view.head().fromHistory()) {
            return p("Not available for the past: no history of care services is kept.");
        }
        return each(
                frame.breakdown("By category, affected by any outage", "Category", view.byCategory(), Words::label),
                frame.breakdown(
                        "By specialty, affected by any outage",
                        "Treatment function code",
                        view.bySpecialty(),
                        Words::specialty));
    }
}
