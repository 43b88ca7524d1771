package org.knockon.oracle.worlds;

import static org.knockon.oracle.worlds.WorldTime.GRID;
import static org.knockon.oracle.worlds.WorldTime.HOUR;
import static org.knockon.oracle.worlds.WorldTime.nudged;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;
import org.knockon.oracle.worlds.WorldEvent.Observed;

/** The real status of the systems, and the observations of their unreliable monitors. */
final class RandomHealth {

    private final Dice dice;
    private final WorldTime time;
    private final List<WorldEvent> events = new ArrayList<>();
    private final List<Long> turningPoints = new ArrayList<>();

    RandomHealth(Dice dice, WorldTime time, List<MonitoredSystem> systems) {
        this.dice = dice;
        this.time = time;
        long disaster = dice.chance(60) ? time.any(dice) : Long.MAX_VALUE;
        turningPoints.add(time.any(dice));
        for (MonitoredSystem system : systems) {
            TreeMap<Long, SystemStatus> truth = truth(disaster);
            turningPoints.addAll(truth.tailMap(time.begin(), false).keySet());
            watch(system, truth);
        }
        if (dice.chance(30)) { // the last observations are exactly at a change of status
            long last = events.stream().mapToLong(WorldEvent::at).max().orElse(time.end()) + dice.oneOf(0L, GRID, HOUR);
            String systemId = dice.oneOf(systems).systemId();
            SystemStatus status = anyStatus();
            List.of("m1", "m2", "m3").forEach(monitor -> see(systemId, monitor, status, last));
        }
        if (dice.chance(10)) {
            see(RandomCatalogue.NO_SUCH_SYSTEM, "m1", SystemStatus.DOWN, time.any(dice) + 6 * HOUR);
        }
        crowd(systems);
    }

    /**
     * Adds, in some worlds, more monitors of one system than may vote if the bound is low. Uses its own dice, so that
     * the rest of the world stays the same.
     */
    private void crowd(List<MonitoredSystem> systems) {
        Dice own = new Dice(time.begin() ^ Long.reverse(time.end() + events.size()));
        if (!own.chance(30)) {
            return;
        }
        MonitoredSystem system = own.oneOf(systems);
        int monitors = own.between(4, 9);
        for (int round = own.between(1, 6); round > 0; round--) {
            long from = time.any(own);
            long apart = own.oneOf(0L, 0L, 1L, GRID, system.monitoring().silenceAfter() / monitors);
            for (int m = 1; m <= monitors; m++) {
                long at = Math.min(from + m * apart, time.end());
                see(system.systemId(), "c" + m, own.oneOf(SystemStatus.UP, SystemStatus.DOWN, anyStatus(own)), at);
            }
        }
    }

    private static SystemStatus anyStatus(Dice dice) {
        return dice.oneOf(SystemStatus.values());
    }

    List<WorldEvent> events() {
        return events;
    }

    /** Times at which some system changes its status; never empty. */
    List<Long> turningPoints() {
        return turningPoints;
    }

    /** Real status by the instant from which it applies. */
    private TreeMap<Long, SystemStatus> truth(long disaster) {
        TreeMap<Long, SystemStatus> truth = new TreeMap<>(Map.of(Long.MIN_VALUE, SystemStatus.UP));
        int troubles = dice.oneOf(0, 0, 1, 1, 1, 2, 3);
        for (int i = 0; i < troubles; i++) {
            long from = time.any(dice);
            fail(truth, from, from + dice.between(1, 72) * GRID);
        }
        if (dice.chance(15)) { // flapping
            long from = time.any(dice);
            for (int i = dice.between(3, 8); i > 0; i--) {
                long until = from + dice.between(1, 3) * GRID;
                fail(truth, from, until);
                from = until + dice.between(1, 3) * GRID;
            }
        }
        if (disaster != Long.MAX_VALUE && dice.chance(60)) { // each system fails a little earlier or later
            long from = nudged(dice, disaster + dice.between(-4, 5) * GRID);
            fail(truth, from, dice.chance(40) ? Long.MAX_VALUE : from + dice.between(6, 200) * GRID);
        }
        return truth;
    }

    private void fail(TreeMap<Long, SystemStatus> truth, long from, long until) {
        SystemStatus after = truth.floorEntry(until).getValue();
        truth.subMap(from, true, until, true).clear();
        truth.put(
                from,
                dice.oneOf(
                        SystemStatus.DOWN,
                        SystemStatus.DOWN,
                        SystemStatus.DOWN,
                        SystemStatus.MAINTENANCE,
                        SystemStatus.DEGRADED));
        long turn = from + dice.between(1, 6) * GRID;
        if (dice.chance(20) && turn < until) { // maintenance that overruns, or a failure that becomes maintenance
            truth.put(turn, dice.oneOf(SystemStatus.DOWN, SystemStatus.MAINTENANCE));
        }
        if (until != Long.MAX_VALUE) {
            truth.put(until, after);
        }
    }

    private void watch(MonitoredSystem system, TreeMap<Long, SystemStatus> truth) {
        if (dice.chance(3)) {
            return; // no monitor
        }
        long silentFrom = dice.chance(20) ? time.any(dice) : Long.MAX_VALUE;
        long silentUntil = silentFrom == Long.MAX_VALUE || dice.chance(40)
                ? Long.MAX_VALUE
                : silentFrom + dice.between(6, 150) * GRID;
        int monitors = dice.between(1, 3);
        for (int m = 1; m <= monitors; m++) {
            String monitor = "m" + m;
            long silenceAfter = system.monitoring().silenceAfter();
            long period = dice.oneOf(silenceAfter / 2, silenceAfter * 3 / 4, silenceAfter, silenceAfter);
            if (dice.chance(5)) {
                period = silenceAfter + 1;
            }
            int wrong = dice.oneOf(0, 0, 0, 10, 40);
            boolean prompt = dice.chance(75);
            long from = dice.chance(80) ? time.begin() : time.any(dice);
            long until = dice.chance(80) ? time.end() : WorldTime.between(dice, from, time.end());

            List<Long> times = new ArrayList<>();
            for (long at = from + dice.between(0, 6) * GRID; at <= until; at += period) {
                times.add(at);
            }
            if (prompt) {
                truth.subMap(from, true, until, true)
                        .keySet()
                        .forEach(change -> times.add(nudged(dice, change + dice.oneOf(0, 0, 0, 1, 2) * GRID)));
            }
            for (long at : times) {
                if (at < silentFrom || at > silentUntil) {
                    SystemStatus seen = dice.chance(wrong)
                            ? anyStatus()
                            : truth.floorEntry(at).getValue();
                    see(system.systemId(), monitor, seen, at);
                    if (dice.chance(4)) { // a second observation at the same instant
                        see(system.systemId(), monitor, anyStatus(), at);
                    }
                }
            }
        }
    }

    private SystemStatus anyStatus() {
        return anyStatus(dice);
    }

    private void see(String systemId, String monitor, SystemStatus status, long at) {
        events.add(new Observed(new Observation(systemId, status, at, monitor, null)));
    }
}
