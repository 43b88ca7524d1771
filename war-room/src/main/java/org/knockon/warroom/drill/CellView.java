package org.knockon.warroom.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.warroom.board.BoardSnapshot;
import org.knockon.warroom.board.SiteNames;
import org.knockon.warroom.page.Isolated;
import org.knockon.warroom.page.PageHeader;
import org.knockon.warroom.report.IncidentReport.Figures;
import org.knockon.warroom.report.ReportWords;

/**
 * One cell: its numbers, how they came about, and where they were corrected. Absent values are null.
 *
 * @param value empty for ALL
 * @param title in words
 * @param met whether anything was ever counted in it that is not forgotten; if not, its numbers are 0, and it may not be one
 * @param figures null where {@link PageHeader#counted} is false
 * @param curveFrom beginning of the curve
 * @param curve at the end of each five minutes in which it changed, and as it stands
 * @param revisions every time that what was known became less: something was entered late, or taken back
 */
public record CellView(
        PageHeader head,
        String dimension,
        String value,
        String title,
        boolean met,
        Figures figures,
        Instant curveFrom,
        List<Point> curve,
        List<Revision> revisions) {

    /** So far back the curve goes, milliseconds of event time. */
    public static final long CURVE = Duration.ofDays(7).toMillis();

    public record Point(Instant at, Figures figures) {}

    /** @param by below zero */
    public record Revision(Instant at, long by) {}

    /** @param history of the cell, from {@link #CURVE} before the time at which this stands */
    public static CellView of(Cell cell, BoardSnapshot standing, PageHeader head, SortedMap<Long, ImpactCounts> history) {
        List<Point> curve = new ArrayList<>();
        List<Revision> revisions = new ArrayList<>();
        ImpactCounts before = null;
        for (var point : history.entrySet()) {
            ImpactCounts now = point.getValue();
            if (!now.equals(before)) {
                curve.add(new Point(Instant.ofEpochMilli(point.getKey()), Figures.of(now)));
            }
            if (before != null && now.postponed() < before.postponed()) {
                revisions.add(new Revision(Instant.ofEpochMilli(point.getKey()), now.postponed() - before.postponed()));
            }
            before = now;
        }
        ImpactCounts now = standing.counts().getOrDefault(cell, ImpactCounts.ZERO);
        if (head.counted() && !history.containsKey(standing.now())) {
            curve.add(new Point(head.standsAt(), Figures.of(now)));
        }
        return new CellView(
                head,
                cell.dimension().name(),
                cell.value(),
                title(cell, new SiteNames(standing.services())),
                standing.counts().containsKey(cell),
                head.counted() ? Figures.of(now) : null,
                Instant.ofEpochMilli(standing.now() - CURVE),
                List.copyOf(curve),
                List.copyOf(revisions));
    }

    private static String title(Cell cell, SiteNames names) {
        String value = cell.value();
        int slash = value.indexOf('/');
        return switch (cell.dimension()) {
            case ALL -> "All appointments";
            case SITE_CATEGORY ->
                slash < 0
                        ? site(value, names)
                        : site(value.substring(0, slash), names) + ", "
                                + ReportWords.label(Isolated.cleaned(value.substring(slash + 1)))
                                        .toLowerCase(Locale.ROOT);
            case CATEGORY, PRIORITY -> ReportWords.label(Isolated.cleaned(value));
            case SPECIALTY -> "Treatment function " + Isolated.name(value);
            default -> ReportWords.label(cell.dimension().name()) + " " + Isolated.name(value);
        };
    }

    private static String site(String site, SiteNames names) {
        String name = names.name(site);
        return name == null ? "Site " + Isolated.name(site) : ReportWords.site(name, site);
    }
}
