package org.knockon.warroom.report;

import static j2html.TagCreator.a;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.footer;
import static j2html.TagCreator.li;
import static j2html.TagCreator.link;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.style;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.tr;
import static j2html.TagCreator.ul;

import j2html.tags.DomContent;
import j2html.tags.specialized.SectionTag;
import j2html.tags.specialized.TrTag;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.knockon.warroom.board.OffsetRange;
import org.knockon.warroom.page.BreakdownRow;
import org.knockon.warroom.page.Frame;
import org.knockon.warroom.page.Isolated;
import org.knockon.warroom.page.Vocabulary;
import org.knockon.warroom.page.Words;
import org.knockon.warroom.report.IncidentReport.Cause;
import org.knockon.warroom.report.IncidentReport.Event;
import org.knockon.warroom.report.IncidentReport.Site;

/** The report as a page for reading and printing: only tables, no script, every text escaped. */
public final class ReportHtml extends Frame {

    private final IncidentReport report;

    private ReportHtml(IncidentReport report) {
        super(report.exercise(), report.asOf(), report.fromHistory(), report.zone());
        this.report = report;
    }

    /** A page from the server, with links to the other formats. */
    public static String page(IncidentReport report) {
        String at = report.fromHistory() ? "?at=" + report.asOf().toEpochMilli() : "";
        return new ReportHtml(report)
                .document(
                        List.of(
                                link().withRel("icon").withHref("/assets/icon.svg"),
                                link().withRel("stylesheet").withHref("/assets/report.css")),
                        List.of(
                                a("As JSON").withHref("/report.json" + at),
                                a("As CSV").withHref("/report.csv" + at),
                                a("Wall display").withHref("/wall")));
    }

    /**
     * A file that needs no server.
     *
     * @param css of the report, trusted
     */
    public static String file(IncidentReport report, String css) {
        return new ReportHtml(report).document(List.of(style(rawHtml(css))), List.of());
    }

    private String document(List<DomContent> styles, List<DomContent> links) {
        return document(report.title(), styles, List.of(), links, sections(), List.of(bottom()));
    }

    private List<SectionTag> sections() {
        return List.of(
                part("summary", "Summary", each(report.summary().sentences(), sentence -> p(Isolated.html(sentence)))),
                part("facts", "Facts", facts()),
                part("timeline", "Timeline", timeline()),
                part("causes", "Root causes and their dependents", causes()),
                part("postponed", "Care postponed", postponed()),
                part("recovery", "Recovery", recovery()),
                part("quality", "Data quality", quality()),
                part("method", "Method", ul(each(report.method(), sentence -> li(sentence)))),
                part("provenance", "Provenance", provenance()));
    }

    private DomContent facts() {
        IncidentReport.Summary summary = report.summary();
        return facts(
                "Facts",
                List.of(
                        fact("Began", moment(summary.from(), "no outage")),
                        fact(
                                "Ended",
                                summary.from() == null ? moment(null, "no outage") : moment(summary.to(), "not yet")),
                        fact("Root causes", Words.number(summary.rootCauses())),
                        fact("Of these planned", Words.number(summary.plannedRootCauses())),
                        fact("Systems unavailable", Words.number(summary.systems())),
                        fact("Care services that need them", Words.number(summary.services())),
                        fact("Organisations (ODS codes)", listed(summary.organisations())),
                        fact("Sites (ODS codes)", sites(summary.sites()))));
    }

    private DomContent timeline() {
        return rows(
                "When outages began, were confirmed and ended",
                List.of("Time", "What", "System", "Kind", "Evidence"),
                0,
                report.timeline().stream()
                        .map((Event event) -> tr(
                                th(moment(event.at())).attr("scope", "row"),
                                td(Words.label(event.what().name())),
                                td(Isolated.html(Isolated.name(event.system()))),
                                td((event.rootCause() ? "Root cause" : "Dependent")
                                        + (event.planned() ? ", planned" : "")),
                                td(Words.evidence(event.evidence()))))
                        .toList());
    }

    private DomContent causes() {
        Map<String, Cause> systems = new LinkedHashMap<>();
        report.causes().forEach(cause -> systems.putIfAbsent(cause.systemId(), cause));
        return div(
                rows(
                        "Root causes",
                        List.of(
                                "Root cause",
                                "From",
                                "To",
                                "All back",
                                "Duration",
                                "Evidence",
                                "Dependents",
                                "Care services"),
                        1,
                        report.causes().stream().map(this::cause).toList()),
                counts(
                        "Affected appointments per root cause, in all its outages (must not be added)",
                        List.of("Root cause"),
                        systems.values().stream()
                                .map(cause -> line(Isolated.name(cause.system()), cause.figures()))
                                .toList()));
    }

    private TrTag cause(Cause cause) {
        Instant until = cause.allBackAt() == null ? report.asOf() : cause.allBackAt();
        String duration = Words.duration(Duration.between(cause.startedAt(), until));
        return tr(
                th(Isolated.html(Isolated.name(cause.system()) + (cause.planned() ? " (planned)" : "")))
                        .attr("scope", "row"),
                td(moment(cause.startedAt())),
                td(moment(cause.endedAt(), "not yet")),
                td(moment(cause.allBackAt(), "not yet")),
                td(cause.allBackAt() == null ? duration + " so far" : duration),
                td(Words.evidence(cause.evidence())),
                td(Isolated.html(listed(cause.follows()))),
                number(Words.number(cause.services())));
    }

    private DomContent postponed() {
        return div(
                total("By category", "Category", report.byCategory(), Words::label),
                total("By specialty", "Treatment function code", report.bySpecialty(), Isolated::name),
                total("By day and category", "Day of the slot", report.byDay(), ReportHtml::dayAndCategory));
    }

    private DomContent total(String caption, String first, List<BreakdownRow> rows, UnaryOperator<String> label) {
        return breakdown(
                caption,
                first,
                rows,
                label,
                line("All", report.summary().figures()).withClass("total"));
    }

    private DomContent recovery() {
        Long delay = report.recovery().averageDelayMinutes();
        String dated = "Appointments with a " + Vocabulary.REBOOKED.words() + " or " + Vocabulary.RECOVERED.words();
        return div(
                p(report.recovery().outlook()),
                p(
                        delay == null
                                ? dated + ": none."
                                : dated + " are on average "
                                        + Words.duration(Duration.ofMinutes(Math.abs(delay)))
                                        + (delay < 0 ? " earlier" : " later") + " than planned."));
    }

    private DomContent quality() {
        IncidentReport.Quality quality = report.quality();
        return div(
                quality.problems().isEmpty()
                        ? p("No problems found.")
                        : ul(each(quality.problems(), problem -> li(Isolated.html(problem)))),
                facts(
                        "How far the data go",
                        List.of(
                                fact("Counted until", moment(quality.countedUntil(), "nothing yet")),
                                fact("Observed until", moment(quality.observedUntil(), "nothing yet")),
                                fact("Records that could not be decoded", Words.number(quality.unreadable())))));
    }

    private DomContent provenance() {
        return div(
                p(
                        "Created by build " + report.provenance().build() + " from the topics "
                                + report.provenance().prefix()
                                + "*, from the first to the last offset given here. The same records give the same report, byte for byte."),
                rows(
                        "Records read",
                        List.of("Topic", "Partition", "First offset", "Last offset"),
                        3,
                        report.provenance().read().stream()
                                .map(ReportHtml::offsets)
                                .toList()));
    }

    private static TrTag offsets(OffsetRange range) {
        return tr(
                th(range.topic()).attr("scope", "row"),
                number(Integer.toString(range.partition())),
                number(Long.toString(range.first())),
                number(range.last() == null ? "empty" : Long.toString(range.last())));
    }

    private static DomContent bottom() {
        return footer(
                p("This report contains only numbers of appointments; it identifies no patient and no appointment."));
    }

    private static String dayAndCategory(String value) {
        int slash = value.indexOf('/');
        return slash < 0
                ? Isolated.name(value)
                : Words.day(value.substring(0, slash)) + ", "
                        + Words.label(value.substring(slash + 1)).toLowerCase(Locale.ROOT);
    }

    private static String listed(List<String> names) {
        return names.isEmpty() ? "none" : names.stream().map(Isolated::name).collect(Collectors.joining(", "));
    }

    /** Separated by semicolons, because a name may contain commas. */
    private static String sites(List<Site> sites) {
        return sites.isEmpty()
                ? "none"
                : sites.stream()
                        .map(site -> Words.site(site.siteName(), site.site()))
                        .collect(Collectors.joining("; "));
    }
}
