package org.knockon.warroom.page;

import static j2html.TagCreator.a;
import static j2html.TagCreator.body;
import static j2html.TagCreator.caption;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
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
import static j2html.TagCreator.section;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.time;
import static j2html.TagCreator.title;
import static j2html.TagCreator.tr;
import static j2html.TagCreator.ul;
import static java.nio.charset.StandardCharsets.UTF_8;

import j2html.tags.DomContent;
import j2html.tags.specialized.SectionTag;
import j2html.tags.specialized.TrTag;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.knockon.warroom.report.IncidentReport.Figures;
import org.knockon.warroom.report.IncidentReport.Row;
import org.knockon.warroom.report.ReportWords;

/** What every page of the desk has: its head, its links, and its way with tables, times and addresses. No script; every text escaped. */
final class Frame {

    private static final List<String> FIGURES = List.of(
            "Known", "Presumed", "On paper", "At risk", "No new date", "Rebooked", "Delivered since", "Not coming");

    private final PageHeader head;
    private final ReportWords words;

    Frame(PageHeader head) {
        this.head = head;
        words = new ReportWords(head.zone());
    }

    /** @param beside other forms and pages, beside those that every page leads to */
    String page(String title, List<DomContent> beside, List<SectionTag> sections) {
        String marked = marked(title);
        return j2html.TagCreator.document(html(
                                head(
                                        meta().withCharset("utf-8"),
                                        meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                                        title(marked),
                                        link().withRel("icon").withHref("/assets/icon.svg"),
                                        link().withRel("stylesheet").withHref("/assets/report.css"),
                                        link().withRel("stylesheet").withHref("/assets/drill.css")),
                                body(top(marked, beside), main(each(sections, section -> section)))
                                        .withCondClass(head.exercise() != null, "exercise"))
                        .withLang("en-GB"))
                + "\n";
    }

    private DomContent top(String title, List<DomContent> beside) {
        List<DomContent> links = new ArrayList<>(beside);
        links.add(a("Incident report").withHref(address("/report")));
        links.add(a("To the wall display").withHref(address("/wall")));
        return header(
                h1(Isolated.html(title)),
                iff(
                        head.exercise() != null,
                        p(strong("EXERCISE, synthetic data: " + head.exercise()))
                                .withClass("mark")),
                p(
                                strong("As things stood on "),
                                moment(head.standsAt()),
                                iff(head.fromHistory(), j2html.TagCreator.text(ReportWords.FROM_HISTORY)))
                        .withId("stands"),
                ul(each(freshness(), sentence -> li(Isolated.html(sentence)))).withId("fresh"),
                p(each(links, one -> one)).withClass("links"));
    }

    /** A page does not change by itself, so it says how far its numbers could be trusted when it was made. */
    private List<String> freshness() {
        List<String> said = new ArrayList<>();
        if (!head.counted()) {
            said.add(noHistory());
        }
        if (head.fromHistory()) {
            return said;
        }
        String late = ReportWords.number(head.behindSeconds()) + " s behind.";
        said.add(
                switch (head.counting()) {
                    case "RUNNING" ->
                        head.behindSeconds() < 10 ? "All that was sent had been counted." : "Counting was " + late;
                    case "REBALANCING" -> "Counting was catching up, " + late;
                    case "STOPPED" -> "Counting had stopped: these are the last numbers there are.";
                    default -> "How far counting was is not known: the broker did not answer.";
                });
        head.silentMonitors()
                .forEach(monitor -> said.add("The monitor " + Isolated.name(monitor)
                        + " was silent: every number is at least what is shown."));
        said.add("This page does not change by itself: load it again for what stands then.");
        return said;
    }

    /** Where nothing is known of any number. */
    String noHistory() {
        return head.historyFrom() == null
                ? "No history is known yet, so there are no numbers for this time."
                : "No history before " + words.time(head.historyFrom()) + ", so there are no numbers for this time.";
    }

    /** With the time that is looked back at. */
    String address(String path) {
        if (!head.fromHistory()) {
            return path;
        }
        int hash = path.indexOf('#');
        String plain = hash < 0 ? path : path.substring(0, hash);
        return plain + (plain.contains("?") ? "&" : "?") + "at=" + head.standsAt()
                + (hash < 0 ? "" : path.substring(hash));
    }

    static String outage(String outageId) {
        return "/outage/" + encoded(outageId);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    /** So that what is copied or printed alone still says what it is. */
    String marked(String text) {
        return head.exercise() == null ? text : "EXERCISE: " + text;
    }

    /** Local time with its zone; UTC in the title. */
    DomContent moment(Instant at) {
        return time(words.time(at)).withTitle(at + " (UTC)").attr("datetime", at.toString());
    }

    DomContent moment(Instant at, String absent) {
        return at == null ? j2html.TagCreator.text(absent) : moment(at);
    }

    String said(Instant at) {
        return words.time(at);
    }

    static SectionTag part(String id, String heading, DomContent... content) {
        return section(h2(heading).withId(id), each(List.of(content), one -> one))
                .attr("aria-labelledby", id);
    }

    static TrTag fact(String name, DomContent value) {
        return tr(th(name).attr("scope", "row"), td(value));
    }

    static TrTag fact(String name, String value) {
        return tr(th(name).attr("scope", "row"), td(Isolated.html(value)));
    }

    DomContent facts(String named, List<TrTag> lines) {
        return scroll(table(caption(marked(named)), tbody(each(lines, line -> line))));
    }

    /** @param numbers how many of the last columns hold numbers */
    DomContent rows(String named, List<String> columns, int numbers, List<TrTag> lines) {
        if (lines.isEmpty()) {
            return p(named + ": none.");
        }
        List<DomContent> heads = new ArrayList<>();
        for (int column = 0; column < columns.size(); column++) {
            heads.add(th(columns.get(column))
                    .attr("scope", "col")
                    .withCondClass(column >= columns.size() - numbers, "number"));
        }
        return scroll(
                table(caption(marked(named)), thead(tr(each(heads, one -> one))), tbody(each(lines, one -> one))));
    }

    /** A table of numbers of appointments. */
    DomContent counted(String named, List<String> first, List<TrTag> lines) {
        List<String> columns = new ArrayList<>(first);
        columns.addAll(FIGURES);
        return rows(named, columns, FIGURES.size(), lines);
    }

    /**
     * Lines of {@link #counted}.
     *
     * @param categories whether the values are categories, not treatment function codes
     */
    static List<TrTag> sums(List<Row> rows, boolean categories) {
        return rows.stream()
                .map(row -> tr(
                        th(Isolated.html(categories ? ReportWords.label(row.value()) : specialty(row.value())))
                                .attr("scope", "row"),
                        figures(row.figures())))
                .toList();
    }

    /** A treatment function code, or in words that there is none. */
    static String specialty(String code) {
        return code.isEmpty()
                ? "Not known: the catalogue does not name the care service, or names none for it"
                : Isolated.name(code);
    }

    /** Cells of a line of {@link #counted}; dashes where nothing is known. */
    static DomContent figures(Figures figures) {
        if (figures == null) {
            return each(FIGURES, unknown -> td("–").withClass("number"));
        }
        return each(
                List.of(
                        figures.postponed(),
                        figures.unconfirmed(),
                        figures.onPaper(),
                        figures.atRisk(),
                        figures.awaitingDate(),
                        figures.rebooked(),
                        figures.recovered(),
                        figures.abandoned()),
                number -> td(ReportWords.number(number)).withClass("number"));
    }

    /** A wide table scrolls in its own box, also by keyboard. */
    private static DomContent scroll(DomContent table) {
        return div(table).withClass("table").withTabindex(0);
    }
}
