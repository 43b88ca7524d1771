package org.knockon.warroom.board;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Priority;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.impact.model.SlotHour;
import org.knockon.warroom.board.BoardView.AtRisk;
import org.knockon.warroom.board.BoardView.Backlog;
import org.knockon.warroom.board.BoardView.FeedRow;
import org.knockon.warroom.board.BoardView.Forecast;
import org.knockon.warroom.board.BoardView.HourBar;
import org.knockon.warroom.board.BoardView.Pair;
import org.knockon.warroom.board.BoardView.Postponed;
import org.knockon.warroom.board.BoardView.Waiting;

/**
 * Builds one view.
 *
 * @param cells all cells that have counts
 * @param countsAtNow counts of a cell at {@code now}
 */
record BoardViewBuilder(
        long now,
        boolean past,
        ZoneId zone,
        Map<String, MonitoredSystem> systems,
        Map<String, CareService> services,
        Map<String, PublishedOutage> outages,
        Set<Cell> cells,
        Function<Cell, ImpactCounts> countsAtNow,
        Function<Cell, CellHistory> history,
        MonitorFeeds feeds) {

    private static final long HOUR = HistoryWindow.HOUR;
    private static final long REVISION_SHOWN = Duration.ofMinutes(10).toMillis();
    private static final Pattern ISO_DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final int HOURS_BACK = 12;
    private static final int HOURS_AHEAD = 11;
    private static final int SOON_HOURS = 4;
    private static final List<Integer> FORECAST_HOURS = List.of(1, 2, 4, 8);
    private static final List<Priority> URGENT = List.of(Priority.URGENT, Priority.TWO_WEEK_WAIT, Priority.EMERGENCY);

    BoardView view() {
        List<FeedRow> rows = feedRows();
        OutageList outageList = OutageList.of(this);
        CellHistory all = history.apply(Cell.ALL);
        return new BoardView(
                now,
                past,
                all.first() == Long.MAX_VALUE ? null : Long.valueOf(all.first()),
                rows.stream().anyMatch(feed -> feed.silentSince() != null),
                zone.getId(),
                postponed(all),
                atRisk(),
                waiting(),
                outageList.systems(),
                hours(),
                outageList.bands(now - (HOURS_BACK + 1) * HOUR),
                outageList.rows(),
                outageList.more(),
                HeatTable.of(this),
                backlog(),
                rows,
                feeds.more());
    }

    List<FeedRow> feedRows() {
        return feeds.rows(now);
    }

    Backlog backlog() {
        CellHistory all = history.apply(Cell.ALL);
        return BacklogForecast.of(
                at -> at >= now
                        ? countsAtNow.apply(Cell.ALL).awaitingDate()
                        : all.at(at).awaitingDate(),
                all.first(),
                now);
    }

    ImpactCounts counts(Dimension dimension, String value) {
        return countsAtNow.apply(new Cell(dimension, value));
    }

    private Postponed postponed(CellHistory all) {
        ImpactCounts counts = countsAtNow.apply(Cell.ALL);
        boolean hourKnown = all.first() <= now - HOUR;
        Pair outpatient = pair(Category.OUTPATIENT);
        Pair procedures = pair(Category.THEATRE, Category.DAY_CASE);
        return new Postponed(
                counts.postponed(),
                counts.unconfirmed(),
                hourKnown ? Long.valueOf(counts.postponed() - all.at(now - HOUR).postponed()) : null,
                counts.deliveredInDowntime(),
                outpatient,
                procedures,
                new Pair(
                        counts.postponed() - outpatient.postponed() - procedures.postponed(),
                        counts.unconfirmed() - outpatient.unconfirmed() - procedures.unconfirmed()),
                all.newestFall(now - REVISION_SHOWN, now, ImpactCounts::postponed));
    }

    private Pair pair(Category... categories) {
        long postponed = 0;
        long unconfirmed = 0;
        for (Category category : categories) {
            ImpactCounts counts = counts(Dimension.CATEGORY, category.name());
            postponed += counts.postponed();
            unconfirmed += counts.unconfirmed();
        }
        return new Pair(postponed, unconfirmed);
    }

    private AtRisk atRisk() {
        List<Forecast> forecast = new ArrayList<>();
        for (int hours : FORECAST_HOURS) {
            forecast.add(new Forecast(hour(hours).from(zone), atRiskWithin(hours)));
        }
        long urgent = URGENT.stream()
                .mapToLong(
                        priority -> counts(Dimension.PRIORITY, priority.name()).atRisk())
                .sum();
        return new AtRisk(
                countsAtNow.apply(Cell.ALL).atRisk(),
                atRiskWithin(SOON_HOURS + 1),
                hour(SOON_HOURS + 1).from(zone),
                urgent,
                List.copyOf(forecast));
    }

    /** At risk in this hour and the following ones, {@code hours} in all. */
    private long atRiskWithin(int hours) {
        long atRisk = 0;
        SlotHour hour = hour(0);
        for (int i = 0; i < hours; i++) {
            atRisk += counts(hour).atRisk();
            hour = hour.next(zone);
        }
        return atRisk;
    }

    private Waiting waiting() {
        ImpactCounts counts = countsAtNow.apply(Cell.ALL);
        String oldest = null;
        for (Cell cell : cells) {
            if (cell.dimension() == Dimension.SLOT_DAY_CATEGORY
                    && countsAtNow.apply(cell).awaitingDate() > 0) {
                String day = cell.value().substring(0, Math.max(0, cell.value().indexOf('/')));
                oldest = ISO_DAY.matcher(day).matches() && (oldest == null || day.compareTo(oldest) < 0) ? day : oldest;
            }
        }
        long urgent = URGENT.stream()
                .mapToLong(
                        priority -> counts(Dimension.PRIORITY, priority.name()).awaitingDate())
                .sum();
        return new Waiting(counts.awaitingDate(), counts.rebooked(), urgent, oldest);
    }

    private List<HourBar> hours() {
        List<HourBar> bars = new ArrayList<>();
        SlotHour hour = hour(-HOURS_BACK);
        for (int i = -HOURS_BACK; i <= HOURS_AHEAD; i++) {
            ImpactCounts counts = counts(hour);
            bars.add(new HourBar(
                    hour.from(zone),
                    counts.postponed(),
                    counts.unconfirmed(),
                    counts.deliveredInDowntime(),
                    counts.atRisk()));
            hour = hour.next(zone);
        }
        return bars;
    }

    private ImpactCounts counts(SlotHour hour) {
        return counts(Dimension.SLOT_HOUR, hour.toString());
    }

    /** The local hour that is {@code after} hours after the current one, or before it if negative. */
    private SlotHour hour(int after) {
        SlotHour hour = SlotHour.of(now, zone);
        for (int i = 0; i < after; i++) {
            hour = hour.next(zone);
        }
        for (int i = 0; i > after; i--) {
            hour = hour.previous(zone);
        }
        return hour;
    }
}
