package org.knockon.warroom.board;

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
 * Folds what the topics say into what the screen shows. The order in which different keys come does not matter, so that whoever reads
 * the same topics from their beginning has the same board. For one thread.
 *
 * <p>Right: tell it every record of {@code systems}, {@code care-services}, {@code outages}, {@code impact-counts},
 * {@code impact-history} and {@code system-health}, tombstones as null, then ask for {@link #now}.
 *
 * <p>Wrong: to skip tombstones. An outage that a late observation undid would stay on the wall for ever.
 */
public final class Board {

    /** After it a monitor that says nothing is taken for gone and no longer for silent, milliseconds of event time. */
    static final long FEED_REMEMBERED = 31 * 24 * 60 * 60 * 1000L;

    private static final int FORGET_EVERY = 10_000;
    /** More than a screen shows before its time. */
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
    /** Cells of hours of slots, by the start of the hour. */
    private final SortedMap<Long, Set<Cell>> slots = new TreeMap<>();

    private final FutureObservations awaited = new FutureObservations();
    private MonitorFeeds feeds = new MonitorFeeds();
    private StatusHistory sayings = new StatusHistory();
    private long countedUntil = Long.MIN_VALUE;
    private HistoryWindow reach = HistoryWindow.of(countedUntil);
    private long heardUntil = Long.MIN_VALUE;
    private boolean observationsMissing;
    private int observations;
    private long oldestSlot = Long.MIN_VALUE;

    /** @param zone local time of the organisation: that of the pipeline's SLOT_HOUR cells */
    public Board(ZoneId zone) {
        this(zone, false);
    }

    /**
     * @param zone local time of the organisation: that of the pipeline's SLOT_HOUR cells
     * @param live whether its clock is the wall clock, which runs on where no count changes
     */
    public Board(ZoneId zone, boolean live) {
        this.zone = zone;
        this.live = live;
    }

    /** @param system null when it was taken back */
    public void system(String systemId, MonitoredSystem system) {
        put(systems, systemId, system);
    }

    /** @param service null when it was taken back */
    public void service(String serviceId, CareService service) {
        put(services, serviceId, service);
    }

    /** @param outage null when it was taken back */
    public void outage(String outageId, PublishedOutage outage) {
        put(outages, outageId, outage);
    }

    /** A cell as it stands. */
    public void counts(Cell cell, ImpactCounts now, long asOf) {
        countedUntil(asOf);
        // Of care services the present alone: five minutes of each for weeks would be most of the memory.
        if (remembers(cell) || cell.dimension() == Dimension.SERVICE) {
            counts.put(cell, now);
        }
    }

    /** A cell as it stood at the end of five minutes. */
    public void history(Cell cell, ImpactCounts then, long asOf) {
        countedUntil(asOf);
        if (remembers(cell)) {
            history.computeIfAbsent(cell, unknown -> new CellHistory(reach)).put(asOf, then);
        }
    }

    /** At each hour at once, not when some number of points has come, so that the board is the same whatever their order. */
    private void countedUntil(long asOf) {
        if (asOf <= countedUntil) {
            return;
        }
        if (countedUntil == Long.MIN_VALUE && heardUntil > asOf && !live) {
            // Until now observations alone said what time it is, and may have displaced those that count now.
            forgetObservations(asOf);
        }
        countedUntil = asOf;
        if (!live) {
            hearUntil(asOf);
        }
        HistoryWindow now = HistoryWindow.of(countedUntil);
        if (!now.equals(reach)) {
            reach = now;
            oldestSlot = now.from() - SLOTS_BACK;
            forgetSlots(oldestSlot);
            history.values().forEach(curve -> curve.trim(now));
        }
    }

    /**
     * Not hours of slots that no screen can show: those too long ago, and values of a form that this version does not know, of which
     * nothing says when they are over. Cells of a day or an outage stay, with the newest point alone: the report adds up days and lists
     * outages, and somebody may still wait from that day.
     */
    private boolean remembers(Cell cell) {
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

    /** One that is later than the board's clock waits for it: a monitor whose clock is wrong could never be silent again. */
    public void observation(Observation seen) {
        if (seen.observedAt() <= heardUntil) {
            hear(seen);
        } else {
            awaited.add(seen);
        }
    }

    private void hear(Observation seen) {
        sayings.observed(seen);
        if (++observations % FORGET_EVERY == 0) {
            sayings.forgetUnknown(systems.keySet());
        }
        feeds.observed(seen.monitor(), seen.observedAt());
    }

    /** Moves the clock that observations are accepted by, where it is the wall clock. */
    public void hearUntil(long clock) {
        if (clock > heardUntil) {
            heardUntil = clock;
            awaited.due(clock, this::hear);
            observationsMissing |= awaited.lostBy(clock);
        }
    }

    private void forgetObservations(long clock) {
        sayings = new StatusHistory();
        feeds = new MonitorFeeds();
        awaited.clear();
        heardUntil = clock;
        observationsMissing = true;
    }

    /** Whether observations are due that did not stay: the topic must be read again. True once. */
    public boolean missesObservations() {
        boolean misses = observationsMissing;
        if (misses) {
            observationsMissing = false;
            awaited.clear();
        }
        return misses;
    }

    /** Latest event time at which a count changed; {@link Long#MIN_VALUE} before the first. */
    public long countedUntil() {
        return countedUntil;
    }

    /**
     * Event time that this stands at: that of the newest count. Before there is one, that of the newest observation.
     *
     * @param latest epoch milliseconds; no observation is believed that is later
     * @return {@link Long#MIN_VALUE} before the first event
     */
    public long latest(long latest) {
        return countedUntil != Long.MIN_VALUE
                ? countedUntil
                : Math.max(feeds.lastHeard(latest), awaited.newest(latest));
    }

    /** @param now event time, or the wall clock where events are live */
    public BoardView now(long now) {
        hearUntil(now);
        return view(now, false, cell -> counts.getOrDefault(cell, ImpactCounts.ZERO));
    }

    /**
     * As it stood at an instant, from history; outages are those now known that were confirmed by then.
     *
     * @param asked where {@link HistoryWindow#exactFrom} is later, the view is of the whole hour before it, and says so
     */
    public BoardView at(long asked) {
        long instant = reach.known(asked);
        BoardView view = view(instant, true, cell -> curve(cell).at(instant));
        return curve(Cell.ALL).first() <= instant ? view : view.withoutCounts();
    }

    /** Whether cells of this dimension are kept, and their history. */
    public static boolean keeps(Dimension dimension) {
        return SHOWN.contains(dimension);
    }

    /** What monitors said of a system in [from, to], epoch milliseconds, by its beginning. */
    public List<StatusStretch> said(String systemId, long from, long to) {
        return sayings.of(systemId, from, to);
    }

    /** A cell as it stood at the end of each five minutes that changed it, in [from, to], and as it stood at {@code from} where known. */
    public SortedMap<Long, ImpactCounts> history(Cell cell, long from, long to) {
        return curve(cell).between(from, to);
    }

    /**
     * All that is known, for a report.
     *
     * @param asked event time; from history where {@code past}, and then as {@link #at} takes it
     */
    public BoardSnapshot standing(long asked, boolean past, BoardSnapshot.Read read) {
        long now = past ? reach.known(asked) : asked;
        if (!past) {
            hearUntil(now);
        }
        Map<Cell, ImpactCounts> held = new HashMap<>();
        if (past) {
            history.forEach((cell, curve) -> held.put(cell, curve.at(now)));
        } else {
            held.putAll(counts);
        }
        BoardViewBuilder snapshot = snapshot(now, past, cell -> held.getOrDefault(cell, ImpactCounts.ZERO));
        return new BoardSnapshot(
                now,
                past,
                zone,
                systems,
                services,
                OutageList.of(snapshot).held(),
                held,
                snapshot.backlog(),
                snapshot.feedRows(),
                past ? curve(Cell.ALL).newest(now) : known(countedUntil),
                known(feeds.lastHeard(past && countedUntil != Long.MIN_VALUE ? countedUntil : now)),
                past ? 0 : feeds.more(),
                read);
    }

    /** @param now event time of the newest state; null before the first event */
    public Timeline timeline(Long now) {
        long first = curve(Cell.ALL).first();
        return new Timeline(
                first == Long.MAX_VALUE
                        ? null
                        : Long.valueOf(now == null ? first : Math.max(first, HistoryWindow.earliest(now))),
                now,
                reach.exactFrom(),
                OutageList.timeline(outages.values(), systems, reach.from(), now));
    }

    private BoardView view(long now, boolean past, Function<Cell, ImpactCounts> standing) {
        return snapshot(now, past, standing).view();
    }

    private BoardViewBuilder snapshot(long now, boolean past, Function<Cell, ImpactCounts> standing) {
        return new BoardViewBuilder(
                now,
                past,
                zone,
                systems,
                services,
                outages,
                past ? history.keySet() : counts.keySet(),
                standing,
                this::curve,
                past ? new MonitorFeeds() : feeds);
    }

    private static Long known(long until) {
        return until == Long.MIN_VALUE ? null : Long.valueOf(until);
    }

    private CellHistory curve(Cell cell) {
        return history.getOrDefault(cell, new CellHistory(reach));
    }

    private static <V> void put(Map<String, V> all, String key, V value) {
        if (value == null) {
            all.remove(key);
        } else {
            all.put(key, value);
        }
    }
}
