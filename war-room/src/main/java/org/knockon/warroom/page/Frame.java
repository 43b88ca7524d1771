package org.knockon.warroom.page;

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
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.time;
import static j2html.TagCreator.title;
import static j2html.TagCreator.tr;

import j2html.tags.DomContent;
import j2html.tags.specialized.SectionTag;
import j2html.tags.specialized.TrTag;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The HTML that the report and the desk's pages share: document, sections, tables and times. No script; every text is
 * escaped.
 */
public class Frame {

    private final String exercise;
    private final Instant asOf;
    private final boolean fromHistory;
    private final Words words;

    /** @param exercise name of the replay; null if events are live */
    public Frame(String exercise, Instant asOf, boolean fromHistory, ZoneId zone) {
        this.exercise = exercise;
        this.asOf = asOf;
        this.fromHistory = fromHistory;
        words = new Words(zone);
    }

    /**
     * A complete page.
     *
     * @param title with its mark, if any
     * @param styles elements of the head
     * @param status what follows the time in the header
     * @param links other forms and pages; may be empty
     * @param footer may be empty
     */
    protected final String document(
            String title,
            List<? extends DomContent> styles,
            List<? extends DomContent> status,
            List<? extends DomContent> links,
            List<SectionTag> sections,
            List<? extends DomContent> footer) {
        return j2html.TagCreator.document(html(
                                head(
                                        meta().withCharset("utf-8"),
                                        meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                                        title(title),
                                        each(styles, style -> style)),
                                body(
                                                header(
                                                        h1(Isolated.html(title)),
                                                        iff(
                                                                exercise != null,
                                                                p(strong("EXERCISE, synthetic data: " + exercise))
                                                                        .withClass("mark")),
                                                        p(strong("As of "), moment(asOf), text(history()))
                                                                .withId("as-of"),
                                                        each(status, one -> one),
                                                        iff(
                                                                !links.isEmpty(),
                                                                p(each(links, one -> one))
                                                                        .withClass("links"))),
                                                main(each(sections, one -> one)),
                                                each(footer, one -> one))
                                        .withCondClass(exercise != null, "exercise"))
                        .withLang("en-GB"))
                + "\n";
    }

    private String history() {
        return fromHistory ? Words.FROM_HISTORY + "." : ".";
    }

    /** Marks a title or caption as an exercise, so that a copied or printed part still says so. */
    public String marked(String text) {
        return exercise == null ? text : "EXERCISE: " + text;
    }

    /** Local time with its zone; UTC as the title. */
    public DomContent moment(Instant at) {
        return time(words.time(at)).withTitle(at + " (UTC)").attr("datetime", at.toString());
    }

    /** @param absent text if there is no time */
    public DomContent moment(Instant at, String absent) {
        return at == null ? text(absent) : moment(at);
    }

    protected final String localTime(Instant at) {
        return words.time(at);
    }

    public static SectionTag part(String id, String heading, DomContent... content) {
        return section(h2(heading).withId(id), each(List.of(content), one -> one))
                .attr("aria-labelledby", id);
    }

    public static TrTag fact(String name, DomContent value) {
        return tr(th(name).attr("scope", "row"), td(value));
    }

    public static TrTag fact(String name, String value) {
        return fact(name, Isolated.html(value));
    }

    /** A table of names and values. */
    public DomContent facts(String caption, List<TrTag> lines) {
        return scroll(table(caption(marked(caption)), tbody(each(lines, line -> line))));
    }

    /** @param numbers how many of the last columns contain numbers */
    public DomContent rows(String caption, List<String> columns, int numbers, List<TrTag> lines) {
        if (lines.isEmpty()) {
            return p(caption + ": none.");
        }
        List<DomContent> headings = new ArrayList<>();
        for (int column = 0; column < columns.size(); column++) {
            headings.add(th(columns.get(column))
                    .attr("scope", "col")
                    .withCondClass(column >= columns.size() - numbers, "number"));
        }
        return scroll(
                table(caption(marked(caption)), thead(tr(each(headings, one -> one))), tbody(each(lines, one -> one))));
    }

    /** A table of numbers of appointments. */
    public DomContent counts(String caption, List<String> firstColumns, List<TrTag> lines) {
        List<String> columns = new ArrayList<>(firstColumns);
        Vocabulary.COLUMNS.forEach(count -> columns.add(count.heading()));
        return rows(caption, columns, Vocabulary.COLUMNS.size(), lines);
    }

    /**
     * A table of a breakdown.
     *
     * @param label of a row's value, with names marked by {@link Isolated}
     * @param more further lines, such as the total
     */
    public DomContent breakdown(
            String caption, String firstColumn, List<BreakdownRow> rows, UnaryOperator<String> label, TrTag... more) {
        List<TrTag> lines = new ArrayList<>();
        rows.forEach(row -> lines.add(line(label.apply(row.value()), row.figures())));
        lines.addAll(List.of(more));
        return counts(caption, List.of(firstColumn), lines);
    }

    /** A line of {@link #counts}. */
    public static TrTag line(String label, Figures figures) {
        return tr(th(Isolated.html(label)).attr("scope", "row"), figures(figures));
    }

    /** The cells of a line of {@link #counts}; dashes if nothing is known. */
    public static DomContent figures(Figures figures) {
        return each(Vocabulary.COLUMNS, count -> number(figures == null ? "–" : Words.number(count.number(figures))));
    }

    public static DomContent number(String number) {
        return td(number).withClass("number");
    }

    /** A wide table scrolls in its own box, also by keyboard. */
    private static DomContent scroll(DomContent table) {
        return div(table).withClass("table").withTabindex(0);
    }
}
