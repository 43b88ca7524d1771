package org.knockon.warroom.board;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Dimension;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.warroom.board.BoardView.Heat;
import org.knockon.warroom.board.BoardView.HeatCell;
import org.knockon.warroom.board.BoardView.HeatRow;

/**
 * Sites by category of care. A site has a cell only if the catalogue gives it such a service: no cell is not the same
 * as zero.
 */
final class HeatTable {

    private static final int MAX_ROWS = 6;
    private static final Comparator<HeatRow> MOST_HIT_FIRST = Comparator.comparing(
                    (HeatRow row) -> sum(row), Comparator.reverseOrder())
            .thenComparing(HeatRow::site);

    private HeatTable() {}

    static Heat of(BoardViewBuilder builder) {
        Map<String, Set<Category>> offered = new TreeMap<>();
        Set<Category> columns = EnumSet.noneOf(Category.class);
        for (CareService service : builder.services().values()) {
            offered.computeIfAbsent(service.site(), unknown -> EnumSet.noneOf(Category.class))
                    .add(service.category());
            columns.add(service.category());
        }
        SiteNames names = new SiteNames(builder.services());
        List<HeatRow> rows = new ArrayList<>();
        offered.forEach((site, categories) ->
                rows.add(new HeatRow(site, names.name(site), cells(builder, site, categories, columns))));
        rows.sort(MOST_HIT_FIRST);
        int shown = Math.min(MAX_ROWS, rows.size());
        return new Heat(
                columns.stream().map(Category::name).toList(),
                List.copyOf(rows.subList(0, shown)),
                rows.size() - shown);
    }

    private static List<HeatCell> cells(
            BoardViewBuilder builder, String site, Set<Category> offered, Set<Category> columns) {
        List<HeatCell> cells = new ArrayList<>();
        for (Category category : columns) {
            ImpactCounts counts = builder.counts(Dimension.SITE_CATEGORY, site + "/" + category);
            // Not List.of: cells of a site without the service are null.
            cells.add(
                    offered.contains(category)
                            ? new HeatCell(counts.postponed(), counts.unconfirmed(), counts.atRisk())
                            : null);
        }
        return cells;
    }

    /** Only for ranking: the sum of postponed and at risk is never shown. */
    private static long sum(HeatRow row) {
        return row.cells().stream()
                .mapToLong(cell -> cell == null ? 0 : cell.postponed() + cell.atRisk())
                .sum();
    }
}
