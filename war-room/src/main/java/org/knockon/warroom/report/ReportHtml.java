package org.knockon.warroom.report;

import static j2html.TagCreator.a;
import static j2html.TagCreator.body;
import static j2html.TagCreator.caption;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.footer;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.head;
import static j2html.TagCreator.header;
import static j2html.TagCreator.html;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.li;
import static j2html.TagCreator.link;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.section;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.style;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.title;
import static j2html.TagCreator.tr;
import static j2html.TagCreator.ul;

import j2html.tags.DomContent;
import j2html.tags.specialized.SectionTag;
import j2html.tags.specialized.TrTag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.knockon.warroom.board.OffsetRange;
import org.knockon.warroom.page.Isolated;
import org.knockon.warroom.report.IncidentReport.Cause;
import org.knockon.warroom.report.IncidentReport.Event;
import org.knockon.warroom.report.IncidentReport.Figures;
import org.knockon.warroom.report.IncidentReport.Row;
import org.knockon.warroom.report.IncidentReport.Site;

/** The report as a page to be read and printed: tables alone, no script, every text escaped. */
public final class ReportHtml {

    private static final List<String> FIGURES = List.of(
            "Known", "Presumed", "On paper", "At risk", "No new date", "Rebooked", "Delivered since", "Not coming");

    private static final Set<String> NUMBERS = Stream.concat(
                    FIGURES.stream(), Stream.of("Care services", "Partition", "First offset", "Last offset"))
            .collect(Collectors.toUnmodifiableSet());

    private final IncidentReport report;
    private final ReportWords words;

    private ReportHtml(IncidentReport report) {
        this.report = report;
        words = new ReportWords(report.zone());
    }

    /** A page of the server's, with links to the other forms. */
    public static String page(IncidentReport report) {
        return new ReportHtml(report).document(link().withRel("stylesheet").withHref("/assets/report.css"), true);
    }

    /**
     * A file that needs no server.
     *
     * @param css of the report, trusted
     */
    public static String file(IncidentReport report, String css) {
        return new ReportHtml(report).document(style(rawHtml(css)), false);
    }

    private String document(DomContent look, boolean served) {
        return j2html.TagCreator.document(html(
                                head(
                                        meta().withCharset("utf-8"),
                                        meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                                        title(report.title()),
                                        iff(served, link().withRel("icon").withHref("/assets/icon.svg")),
                                        look),
                                body(top(served), main(sections()), bottom())
                                        .withCondClass(report.exercise() != null, "exercise"))
                        .withLang("en-GB"))
                + "\n";
    }

    private DomContent top(boolean served) {
        String at = report.fromHistory() ? "?at=" + report.standsAt().toEpochMilli() : "";
        return header(
                h1(report.title()),
                iff(
                        Optional.ofNullable(report.exercise()),
                        name -> p(strong("EXERCISE, synthetic data: " + name)).withClass("mark")),
                p("As things stood on " + words.time(report.standsAt())
                        + (report.fromHistory() ? ReportWords.FROM_HISTORY + "." : ".")),
                iff(
                        served,
                        p(
                                        a("The same as JSON").withHref("/report.json" + at),
                                        a("The same as CSV").withHref("/report.csv" + at),
                                        a("To the wall display").withHref("/wall"))
                                .withClass("links")));
    }

    private DomContent[] sections() {
        return new DomContent[] {
            part("summary", "Summary", each(report.summary().words(), sentence -> p(Isolated.html(sentence)))),
            part("facts", "Facts", facts()),
            part("timeline", "Timeline", timeline()),
            part("causes", "Root causes and what followed", causes()),
            part("postponed", "Care postponed", postponed()),
            part("recovery", "Recovery", recovery()),
            part("quality", "Quality of the data", quality()),
            part("method", "Method", ul(each(report.method(), sentence -> li(sentence)))),
            part("provenance", "Provenance", provenance())
        };
    }

    private DomContent facts() {
        IncidentReport.Summary summary = report.summary();
        return scroll(table(
                caption(marked("Facts")),
                tbody(
                        fact("Began", time(summary.from(), "no outage")),
                        fact("Ended", summary.from() == null ? "no outage" : time(summary.to(), "not yet")),
                        fact("Root causes", ReportWords.number(summary.rootCauses())),
                        fact("Of them planned", ReportWords.number(summary.plannedRootCauses())),
                        fact("Systems unavailable", ReportWords.number(summary.systems())),
                        fact("Care services that need them", ReportWords.number(summary.services())),
                        fact("Organisations (ODS codes)", listed(summary.organisations())),
                        fact("Sites (ODS codes)", sites(summary.sites())))));
    }

    private DomContent timeline() {
        return rows(
                "Outages as they began, were confirmed and ended",
                List.of("Time", "What", "System", "Kind", "Evidence"),
                report.timeline().stream()
                        .map((Event event) -> tr(
                                th(words.time(event.at())).attr("scope", "row"),
                                td(ReportWords.label(event.what().name())),
                                td(Isolated.html(Isolated.name(event.system()))),
                                td((event.rootCause() ? "Root cause" : "Follows")
                                        + (event.planned() ? ", planned" : "")),
                                td(evidence(event.evidence()))))
                        .toList());
    }

    private DomContent causes() {
        List<String> columns = new ArrayList<>(List.of(
                "Root cause", "From", "To", "All back", "Lasted", "Evidence", "Care services", "Systems that follow"));
        List<TrTag> about = report.causes().stream().map(this::cause).toList();
        Map<String, Cause> systems = new LinkedHashMap<>();
        report.causes().forEach(cause -> systems.putIfAbsent(cause.systemId(), cause));
        List<TrTag> impact = systems.values().stream()
                .map(cause -> figures(Isolated.name(cause.system()), cause.figures()))
                .toList();
        return div(
                rows("What began by itself", columns, about),
                rows(
                        "Appointments hit because of each, at any time (not to be added up)",
                        counted("Root cause"),
                        impact));
    }

    private TrTag cause(Cause cause) {
        Instant until = cause.allBackAt() == null ? report.standsAt() : cause.allBackAt();
        String lasted = ReportWords.duration(Duration.between(cause.startedAt(), until));
        return tr(
                th(Isolated.html(Isolated.name(cause.system()) + (cause.planned() ? " (planned)" : "")))
                        .attr("scope", "row"),
                td(words.time(cause.startedAt())),
                td(time(cause.endedAt(), "not yet")),
                td(time(cause.allBackAt(), "not yet")),
                td(cause.allBackAt() == null ? lasted + " so far" : lasted),
                td(evidence(cause.evidence())),
                td(ReportWords.number(cause.services())).withClass("number"),
                td(Isolated.html(listed(cause.follows()))));
    }

    private DomContent postponed() {
        return div(
                breakdown("By category", "Category", report.byCategory(), ReportWords::label),
                breakdown("By specialty", "Treatment function code", report.bySpecialty(), Isolated::name),
                breakdown("By day and category", "Day of the slot", report.byDay(), ReportHtml::dayAndCategory));
    }

    private DomContent breakdown(String named, String first, List<Row> rows, UnaryOperator<String> label) {
        List<TrTag> lines = new ArrayList<>();
        rows.forEach(row -> lines.add(figures(label.apply(row.value()), row.figures())));
        lines.add(figures("All", report.summary().figures()).withClass("total"));
        return rows(named, counted(first), lines);
    }

    private DomContent recovery() {
        Long delay = report.recovery().averageDelayMinutes();
        return div(
                p(report.recovery().outlook()),
                p(
                        delay == null
                                ? "Nothing has been rebooked or delivered since."
                                : "What was rebooked or delivered since is "
                                        + ReportWords.duration(Duration.ofMinutes(Math.abs(delay)))
                                        + (delay < 0 ? " earlier" : " later") + " than planned on average."));
    }

    private DomContent quality() {
        IncidentReport.Quality quality = report.quality();
        return div(
                quality.problems().isEmpty()
                        ? p("No problem was found in what was read.")
                        : ul(each(quality.problems(), problem -> li(Isolated.html(problem)))),
                scroll(table(
                        caption(marked("How far the data reach")),
                        tbody(
                                fact("Counted until", time(quality.countedUntil(), "nothing yet")),
                                fact("Observed until", time(quality.observedUntil(), "nothing yet")),
                                fact("Records that could not be decoded", ReportWords.number(quality.unreadable()))))));
    }

    private DomContent provenance() {
        return div(
                p(
                        "Made by build " + report.provenance().build() + " from the topics "
                                + report.provenance().prefix()
                                + "*, read from these offsets to those. Whoever reads the same has the same report, byte for byte."),
                rows(
                        "What was read",
                        List.of("Topic", "Partition", "First offset", "Last offset"),
                        report.provenance().read().stream()
                                .map(ReportHtml::span)
                                .toList()));
    }

    private static TrTag span(OffsetRange span) {
        return tr(
                th(span.topic()).attr("scope", "row"),
                td(Integer.toString(span.partition())).withClass("number"),
                td(Long.toString(span.first())).withClass("number"),
                td(span.last() == null ? "empty" : Long.toString(span.last())).withClass("number"));
    }

    private DomContent bottom() {
        return footer(p("Numbers of appointments only: this report holds no patient and no appointment."));
    }

    private static SectionTag part(String id, String heading, DomContent content) {
        return section(h2(heading).withId(id), content).attr("aria-labelledby", id);
    }

    private DomContent rows(String named, List<String> columns, List<TrTag> lines) {
        if (lines.isEmpty()) {
            return p(named + ": none.");
        }
        return scroll(table(
                caption(marked(named)),
                thead(tr(each(
                        columns,
                        column -> th(column).attr("scope", "col").withCondClass(NUMBERS.contains(column), "number")))),
                tbody(each(lines, line -> line))));
    }

    private static List<String> counted(String first) {
        List<String> columns = new ArrayList<>(List.of(first));
        columns.addAll(FIGURES);
        return columns;
    }

    private static TrTag figures(String label, Figures figures) {
        List<Long> numbers = List.of(
                figures.postponed(),
                figures.unconfirmed(),
                figures.onPaper(),
                figures.atRisk(),
                figures.awaitingDate(),
                figures.rebooked(),
                figures.recovered(),
                figures.abandoned());
        return tr(
                th(Isolated.html(label)).attr("scope", "row"),
                each(numbers, number -> td(ReportWords.number(number)).withClass("number")));
    }

    private static TrTag fact(String name, String value) {
        return tr(th(name).attr("scope", "row"), td(Isolated.html(value)));
    }

    /** A wide table scrolls in its own box, also by keyboard. */
    private static DomContent scroll(DomContent table) {
        return div(table).withClass("table").withTabindex(0);
    }

    /** So that a table that is copied or printed alone still says what it is. */
    private String marked(String caption) {
        return report.exercise() == null
                ? caption
                : "EXERCISE: " + caption.substring(0, 1).toLowerCase(Locale.ROOT) + caption.substring(1);
    }

    private static String dayAndCategory(String value) {
        int slash = value.indexOf('/');
        return slash < 0
                ? Isolated.name(value)
                : ReportWords.day(value.substring(0, slash)) + ", "
                        + ReportWords.label(value.substring(slash + 1)).toLowerCase(Locale.ROOT);
    }

    private static String evidence(String evidence) {
        return switch (evidence) {
            case "OBSERVED" -> "Monitors saw it";
            case "SILENCE" -> "Monitors fell silent";
            default -> ReportWords.label(evidence);
        };
    }

    private static String listed(List<String> all) {
        return all.isEmpty() ? "none" : all.stream().map(Isolated::name).collect(Collectors.joining(", "));
    }

    /** A name may hold commas. */
    private static String sites(List<Site> all) {
        return all.isEmpty()
                ? "none"
                : all.stream()
                        .map(site -> ReportWords.site(site.siteName(), site.site()))
                        .collect(Collectors.joining("; "));
    }

    private String time(Instant instant, String absent) {
        return instant == null ? absent : words.time(instant);
    }
}
