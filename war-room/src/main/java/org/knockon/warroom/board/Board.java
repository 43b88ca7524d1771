package org.knockon.warroom.board;

import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.impact.model.SlotHour;

/**
 * Folds the records of the topics into what the wall shows. The order of records with different keys does not matter:
 * any two readers that read the same topics from the beginning have the same board. Not thread-safe.
 *
 * <p>Right: pass every record of {@code systems}, {@code care-services}, {@code outages}, {@code impact-counts}, {@code
 * impact-history} and {@code system-health}, tombstones as null, then call {@link #now}.
 *
 * <p>Wrong: skip tombstones. An outage that a late observation retracted would never leave the wall.
 */
public final class Board {

    /**
     * A monitor without an observation for this long counts as removed, no longer as silent. Milliseconds of event
     * time.
     */
    static final long MONITOR_RETENTION = Duration.ofDays(31).toMillis();

    /** Observations between two clean-ups of systems that the catalogue does not name. */
    private static final int FORGET_EVERY = 10_000;
    /** Longer than a screen looks back. */
    private static final long SLOTS_BACK = 14 * HistoryWindow.HOUR;

    private static final Set<Dimension> SHOWN = EnumSet.of(
            Dimension.ALL,
            Dimension.CATEGORY,
            Dimension.PRIORITY,
            Dimension.SPECIALTY,
            Dimension.SITE_CATEGORY,
            Dimension.SLOT_HOUR,
            Dimension.SLOT_DAY_CATEGORY,
            Dimension.SYSTEM,
            Dimension.OUTAGE);

    private final ZoneId zone;
    private final boolean live;
    private final Map<String, MonitoredSystem> systems = new TreeMap<>();
    private final Map<String, CareService> services = new TreeMap<>();
    private final Map<String, PublishedOutage> outages = new TreeMap<>();
    private final Map<Cell, ImpactCounts> counts = new HashMap<>();
    private final Map<Cell, CellHistory> history = new HashMap<>();
    /** SLOT_HOUR cells, by the start of the hour. */
    private final SortedMap<Long, Set<Cell>> slots = new TreeMap<>();

    private final FutureObservations futureObservations = new FutureObservations();
    private MonitorFeeds feeds = new MonitorFeeds();
    private StatusHistory statusHistory = new StatusHistory();
    private long countedUntil = Long.MIN_VALUE;
    private HistoryWindow window = HistoryWindow.of(countedUntil);
    /** Latest accepted time of an observation, epoch milliseconds. */
    private long clock = Long.MIN_VALUE;

    private boolean observationsMissing;
    private int observations;
    private long oldestSlot = Long.MIN_VALUE;

    /** @param zone of the organisation; must be the zone of the pipeline's SLOT_HOUR cells */
    public Board(ZoneId zone) {
        this(zone, false);
    }

    /**
     * @param zone of the organisation; must be the zone of the pipeline's SLOT_HOUR cells
     * @param live whether the wall clock is the board's clock, which moves on while no count changes
     */
    public Board(ZoneId zone, boolean live) {
        this.zone = zone;
        this.live = live;
    }

    /** @param system null for a tombstone */
    public void system(String systemId, MonitoredSystem system) {
        put(systems, systemId, system);
    }

    /** @param service null for a tombstone */
    public void service(String serviceId, CareService service) {
        put(services, serviceId, service);
    }

    /** @param outage null for a tombstone */
    public void outage(String outageId, PublishedOutage outage) {
        put(outages, outageId, outage);
    }

    /** The current counts of a cell. */
    public void counts(Cell cell, ImpactCounts now, long asOf) {
        countedUntil(asOf);
        // Only the current counts of care services: their five-minute history over weeks would take most of the memory.
        if (keeps(cell) || cell.dimension() == Dimension.SERVICE) {
            counts.put(cell, now);
        }
    }

    /** The counts of a cell at the end of a five-minute interval. */
    public void history(Cell cell, ImpactCounts then, long asOf) {
        countedUntil(asOf);
        if (keeps(cell)) {
            history.computeIfAbsent(cell, unknown -> new CellHistory(window)).put(asOf, then);
        }
    }

    /** Trims at each new hour, not after a number of points: the board must not depend on their order. */
    private void countedUntil(long asOf) {
        if (asOf <= countedUntil) {
            return;
        }
        if (countedUntil == Long.MIN_VALUE && clock > asOf && !live) {
            // Until now only observations set the clock, and later ones may have displaced those that count now.
            forgetObservations(asOf);
        }
        countedUntil = asOf;
        if (!live) {
            advanceClock(asOf);
        }
        HistoryWindow now = HistoryWindow.of(countedUntil);
        if (!now.equals(window)) {
            window = now;
            oldestSlot = now.from() - SLOTS_BACK;
            forgetSlots(oldestSlot);
            history.values().forEach(curve -> curve.trim(now));
        }
    }

    /**
     * Excludes SLOT_HOUR cells that no screen can show: those too long ago, and those whose value this version cannot
     * parse, because their end is unknown. Cells of a day or an outage stay, with the newest point only: the report
     * sums days and lists outages, and care postponed on an old day may still be owed.
     */
    private boolean keeps(Cell cell) {
        if (cell.dimension() != Dimension.SLOT_HOUR) {
            return SHOWN.contains(cell.dimension());
        }
        Optional<SlotHour> hour = SlotHour.parse(cell.value()).filter(one -> one.start() >= oldestSlot);
        hour.ifPresent(one ->
                slots.computeIfAbsent(one.start(), unknown -> new HashSet<>()).add(cell));
        return hour.isPresent();
    }

    private void forgetSlots(long until) {
        SortedMap<Long, Set<Cell>> past = slots.headMap(until);
        past.values().forEach(cells -> {
            counts.keySet().removeAll(cells);
            history.keySet().removeAll(cells);
        });
        past.clear();
    }

    /**
     * An observation after the board's clock waits: otherwise a monitor whose clock runs ahead would never count as
     * silent.
     */
    public void observation(Observation seen) {
        if (seen.observedAt() <= clock) {
            accept(seen);
        } else {
            futureObservations.add(seen);
        }
    }

    private void accept(Observation seen) {
        statusHistory.add(seen);
        if (++observations % FORGET_EVERY == 0) {
            statusHistory.forgetUnknown(systems.keySet());
        }
        feeds.observed(seen.monitor(), seen.observedAt());
    }

    /** Moves the clock up to which observations are accepted. Called from outside only if that is the wall clock. */
    public void advanceClock(long now) {
        if (now > clock) {
            clock = now;
            futureObservations.releaseDue(now, this::accept);
            observationsMissing |= futureObservations.lostBy(now);
        }
    }

    private void forgetObservations(long now) {
        statusHistory = new StatusHistory();
        feeds = new MonitorFeeds();
        futureObservations.clear();
        clock = now;
        observationsMissing = true;
    }

    /**
     * Whether observations were dropped that are due by now, so that the topic must be read again. Returns true once.
     */
    public boolean needsObservationsAgain() {
        boolean missing = observationsMissing;
        if (missing) {
            observationsMissing = false;
            futureObservations.clear();
        }
        return missing;
    }

    /** Latest event time at which a count changed; {@link Long#MIN_VALUE} before the first. */
    public long countedUntil() {
        return countedUntil;
    }

    /**
     * Event time of the board: that of the newest count or, before the first count, of the newest observation.
     *
     * @param latest epoch milliseconds; later observations are ignored
     * @return {@link Long#MIN_VALUE} before the first event
     */
    public long latest(long latest) {
        return countedUntil != Long.MIN_VALUE
                ? countedUntil
                : Math.max(feeds.lastSeen(latest), futureObservations.newest(latest));
    }

    /** @param now event time or, if events are live, the wall clock */
    public BoardView now(long now) {
        advanceClock(now);
        return view(now, false, cell -> counts.getOrDefault(cell, ImpactCounts.ZERO));
    }

    /**
     * The view at an instant, from the history. Its outages are those known today that were confirmed by then.
     *
     * @param asked if it is before {@link HistoryWindow#exactFrom}, the view is of the whole hour before it, and {@code
     *     now} says so
     */
    public BoardView at(long asked) {
        long instant = window.atOrBefore(asked);
        BoardView view = view(instant, true, cell -> curve(cell).at(instant));
        return curve(Cell.ALL).first() <= instant ? view : view.withoutCounts();
    }

    /** Whether the board keeps cells of this dimension and their history. */
    public static boolean keeps(Dimension dimension) {
        return SHOWN.contains(dimension);
    }

    /** What monitors reported about a system in [from, to], epoch milliseconds, sorted by start. */
    public List<StatusStretch> statusHistory(String systemId, long from, long to) {
        return statusHistory.between(systemId, from, to);
    }

    /**
     * Counts of a cell at the end of each five minutes that changed them, in [from, to], and at {@code from} if known.
     */
    public SortedMap<Long, ImpactCounts> history(Cell cell, long from, long to) {
        return curve(cell).between(from, to);
    }

    /**
     * Everything the board holds, for reports and drill-down pages.
     *
     * @param asked event time
     * @param past whether to read from history; then {@code asked} is treated as in {@link #at}
     */
    public BoardSnapshot snapshot(long asked, boolean past, BoardSnapshot.Input input) {
        long now = past ? window.atOrBefore(asked) : asked;
        if (!past) {
            advanceClock(now);
        }
        Map<Cell, ImpactCounts> held = new HashMap<>();
        if (past) {
            history.forEach((cell, curve) -> held.put(cell, curve.at(now)));
        } else {
            held.putAll(counts);
        }
        BoardViewBuilder builder = builder(now, past, cell -> held.getOrDefault(cell, ImpactCounts.ZERO));
        return new BoardSnapshot(
                now,
                past,
                zone,
                systems,
                services,
                OutageList.of(builder).held(),
                held,
                builder.backlog(),
                builder.feedRows(),
                past ? curve(Cell.ALL).newest(now) : orNull(countedUntil),
                orNull(feeds.lastSeen(past && countedUntil != Long.MIN_VALUE ? countedUntil : now)),
                past ? 0 : feeds.more(),
                input);
    }

    /** @param now event time of the newest state; null before the first event */
    public Timeline timeline(Long now) {
        long first = curve(Cell.ALL).first();
        return new Timeline(
                first == Long.MAX_VALUE
                        ? null
                        : Long.valueOf(now == null ? first : Math.max(first, HistoryWindow.earliest(now))),
                now,
                window.exactFrom(),
                OutageList.timeline(outages.values(), systems, window.from(), now));
    }

    private BoardView view(long now, boolean past, Function<Cell, ImpactCounts> countsAtNow) {
        return builder(now, past, countsAtNow).view();
    }

    private BoardViewBuilder builder(long now, boolean past, Function<Cell, ImpactCounts> countsAtNow) {
        return new BoardViewBuilder(
                now,
                past,
                zone,
                systems,
                services,
                outages,
                past ? history.keySet() : counts.keySet(),
                countsAtNow,
                this::curve,
                past ? new MonitorFeeds() : feeds);
    }

    private static Long orNull(long instant) {
        return instant == Long.MIN_VALUE ? null : Long.valueOf(instant);
    }

    private CellHistory curve(Cell cell) {
        return history.getOrDefault(cell, new CellHistory(window));
    }

    private static <V> void put(Map<String, V> all, String key, V value) {
        if (value == null) {
            all.remove(key);
        } else {
            all.put(key, value);
        }
    }
}
