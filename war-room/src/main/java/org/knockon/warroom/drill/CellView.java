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
import org.knockon.warroom.page.Figures;
import org.knockon.warroom.page.Isolated;
import org.knockon.warroom.page.PageHeader;
import org.knockon.warroom.page.Words;

/**
 * One cell: its numbers, their history, and where they were corrected. Absent values are null.
 *
 * @param value empty for ALL
 * @param title in words
 * @param everCounted whether the board has counts of the cell; if not, its numbers are 0, and the cell may not exist
 * @param figures null if {@link PageHeader#counted} is false
 * @param curveFrom start of the curve
 * @param curve figures at the end of each five minutes in which they changed, and the current ones
 * @param revisions every decrease of {@code postponed}: a record was entered late or corrected
 */
public record CellView(
        PageHeader head,
        String dimension,
        String value,
        String title,
        boolean everCounted,
        Figures figures,
        Instant curveFrom,
        List<Point> curve,
        List<Revision> revisions) {

    /** Length of the curve, milliseconds of event time. */
    public static final long CURVE = Duration.ofDays(7).toMillis();

    public record Point(Instant at, Figures figures) {}

    /** @param by negative */
    public record Revision(Instant at, long by) {}

    /** @param history of the cell, from {@link #CURVE} before the time of the snapshot */
    public static CellView of(
            Cell cell, BoardSnapshot snapshot, PageHeader head, SortedMap<Long, ImpactCounts> history) {
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
        ImpactCounts now = snapshot.counts().getOrDefault(cell, ImpactCounts.ZERO);
        if (head.counted() && !history.containsKey(snapshot.now())) {
            curve.add(new Point(head.asOf(), Figures.of(now)));
        }
        return new CellView(
                head,
                cell.dimension().name(),
                cell.value(),
                title(cell, new SiteNames(snapshot.services())),
                snapshot.counts().containsKey(cell),
                head.counted() ? Figures.of(now) : null,
                Instant.ofEpochMilli(snapshot.now() - CURVE),
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
                                + Words.label(Isolated.cleaned(value.substring(slash + 1)))
                                        .toLowerCase(Locale.ROOT);
            case CATEGORY, PRIORITY -> Words.label(Isolated.cleaned(value));
            case SPECIALTY -> "Treatment function " + Isolated.name(value);
            default -> Words.label(cell.dimension().name()) + " " + Isolated.name(value);
        };
    }

    private static String site(String site, SiteNames names) {
        String name = names.name(site);
        return name == null ? "Site " + Isolated.name(site) : Words.site(name, site);
    }
}
