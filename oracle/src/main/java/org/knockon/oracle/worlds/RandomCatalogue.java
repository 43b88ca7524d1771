package org.knockon.oracle.worlds;

import static org.knockon.oracle.worlds.WorldTime.HOUR;
import static org.knockon.oracle.worlds.WorldTime.MINUTE;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Requirement;
import org.knockon.oracle.worlds.WorldEvent.ServiceChanged;
import org.knockon.oracle.worlds.WorldEvent.ServiceRemoved;
import org.knockon.oracle.worlds.WorldEvent.SystemChanged;

/** Systems and services, and the changes of their catalogue entries. */
final class RandomCatalogue {

    /** A system that some depend on or require, but that is never in the catalogue. */
    static final String NO_SUCH_SYSTEM = "s99";

    /** A service that some appointments book, but that is never in the catalogue. */
    static final String NO_SUCH_SERVICE = "c99";

    private final Dice dice;
    private final WorldTime time;
    private final List<MonitoredSystem> systems = new ArrayList<>();
    private final List<CareService> services = new ArrayList<>();
    private final List<WorldEvent> events = new ArrayList<>();

    RandomCatalogue(Dice dice, WorldTime time) {
        this.dice = dice;
        this.time = time;
        List<String> systemIds = ids("s", dice.between(3, 12));
        List<String> serviceIds = ids("c", dice.between(2, 8));
        systemIds.forEach(systemId -> systems.add(addSystem(systemId, systemIds)));
        serviceIds.forEach(serviceId -> services.add(addService(serviceId, systemIds)));
    }

    /** The first entry of each system. */
    List<MonitoredSystem> systems() {
        return systems;
    }

    List<String> serviceIds() {
        return services.stream().map(CareService::serviceId).toList();
    }

    List<WorldEvent> events() {
        return events;
    }

    private MonitoredSystem addSystem(String systemId, List<String> systemIds) {
        MonitoredSystem first = new MonitoredSystem(
                systemId,
                "System " + systemId,
                dice.oneOf("RJ1", "RYJ"),
                "application",
                dependsOn(systemIds),
                policy(),
                null);
        long at = dice.chance(85) ? time.begin() - HOUR : time.any(dice);
        events.add(new SystemChanged(at, first));
        MonitoredSystem newest = first;
        while (dice.chance(20)) {
            at += dice.between(1, 20) * HOUR;
            newest = new MonitoredSystem(
                    systemId,
                    newest.name(),
                    newest.organisation(),
                    newest.kind(),
                    dice.chance(60) ? dependsOn(systemIds) : newest.dependsOn(),
                    dice.chance(60) ? policy() : newest.monitoring(),
                    null);
            events.add(new SystemChanged(at, newest));
        }
        return first;
    }

    private Set<String> dependsOn(List<String> systemIds) {
        Set<String> some = new HashSet<>();
        int links = dice.oneOf(0, 0, 0, 1, 1, 1, 1, 2, 2, 3);
        for (int i = 0; i < links; i++) {
            some.add(dice.chance(7) ? NO_SUCH_SYSTEM : dice.oneOf(systemIds)); // sometimes itself
        }
        return some;
    }

    private MonitoringPolicy policy() {
        return new MonitoringPolicy(
                dice.oneOf(0L, 0L, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE, 2 * HOUR),
                dice.oneOf(0L, 0L, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE, 2 * HOUR),
                dice.oneOf(HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 2 * HOUR - 1_000));
    }

    private CareService addService(String serviceId, List<String> systemIds) {
        CareService first = service(serviceId, systemIds);
        long at = dice.chance(85) ? time.begin() - HOUR : time.any(dice);
        events.add(new ServiceChanged(at, first));
        CareService newest = first;
        while (dice.chance(25)) {
            at += dice.between(1, 20) * HOUR;
            CareService other = service(serviceId, systemIds);
            newest = new CareService(
                    serviceId,
                    newest.name() + " renamed",
                    newest.organisation(),
                    dice.chance(30) ? other.site() : newest.site(),
                    "Site of " + newest.name(),
                    dice.chance(30) ? other.specialty() : newest.specialty(),
                    dice.chance(30) ? other.category() : newest.category(),
                    dice.chance(60) ? other.requires() : newest.requires());
            events.add(new ServiceChanged(at, newest));
        }
        if (dice.chance(5)) {
            events.add(new ServiceRemoved(at + dice.between(1, 20) * HOUR, serviceId));
        }
        return first;
    }

    private CareService service(String serviceId, List<String> systemIds) {
        List<Requirement> requires = new ArrayList<>();
        int needs = dice.oneOf(0, 1, 1, 1, 2, 2, 3, 4);
        for (int i = 0; i < needs; i++) {
            requires.add(new Requirement(
                    dice.chance(5) ? NO_SUCH_SYSTEM : dice.oneOf(systemIds),
                    dice.oneOf(Capability.values()),
                    dice.oneOf(0L, 0L, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 12 * HOUR)));
        }
        String organisation = dice.oneOf("RJ1", "RYJ");
        return new CareService(
                serviceId,
                "Service " + serviceId,
                organisation,
                organisation + dice.oneOf("01", "02"),
                dice.oneOf("100", "110", "300", "812"),
                dice.oneOf(Category.values()),
                requires);
    }

    private static List<String> ids(String letter, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> letter + i).toList();
    }
}
