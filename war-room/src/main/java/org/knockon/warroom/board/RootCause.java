package org.knockon.warroom.board;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;

/**
 * An outage that has no other cause, and the outages it caused. It is over when the last of them is over: applications
 * may come back days after their data centre, and until then they are out because of it.
 */
public record RootCause(PublishedOutage published, List<PublishedOutage> followers) {

    /** Time in which dependents may be seen to recover after planned maintenance. */
    private static final long RECOVERY_ALLOWANCE = Duration.ofMinutes(15).toMillis();

    public RootCause {
        followers = List.copyOf(followers);
    }

    /** The root causes among the outages, in the same order. */
    public static List<RootCause> of(Collection<PublishedOutage> outages) {
        Map<String, List<PublishedOutage>> followers = new HashMap<>();
        for (PublishedOutage outage : outages) {
            for (String root : outage.rootCauses()) {
                if (!root.equals(outage.outage().id())) {
                    followers
                            .computeIfAbsent(root, unknown -> new ArrayList<>())
                            .add(outage);
                }
            }
        }
        return outages.stream()
                .filter(RootCause::isOne)
                .map(outage -> new RootCause(
                        outage, followers.getOrDefault(outage.outage().id(), List.of())))
                .toList();
    }

    public static boolean isOne(PublishedOutage outage) {
        return outage.rootCauses().isEmpty()
                || outage.rootCauses().contains(outage.outage().id());
    }

    public Outage outage() {
        return published.outage();
    }

    /** When the last of its outages ended, epoch milliseconds; {@link Outage#OPEN} while one is open. */
    public long endedAt() {
        return followers.stream()
                .mapToLong(follower -> follower.outage().endedAt())
                .reduce(outage().endedAt(), Math::max);
    }

    /**
     * When its own system was back, epoch milliseconds; {@link Outage#OPEN} before. If systems depend on each other,
     * the system may be among its own dependents.
     */
    public long backAt() {
        return followers.stream()
                .map(PublishedOutage::outage)
                .filter(follower -> follower.systemId().equals(outage().systemId()))
                .mapToLong(Outage::endedAt)
                .reduce(outage().endedAt(), Math::max);
    }

    /**
     * Whether all of it was announced, as known at an instant. Outages that follow from maintenance and last longer
     * than it, beyond an allowance for recovery, were not announced. That stays so after they end.
     *
     * @param now epoch milliseconds
     */
    public boolean planned(long now) {
        return outage().planned()
                && (outage().endedAt() > now - RECOVERY_ALLOWANCE
                        || followers.stream()
                                .map(PublishedOutage::outage)
                                .noneMatch(follower -> !follower.planned()
                                        && follower.endedAt() - RECOVERY_ALLOWANCE > outage().endedAt()));
    }

    /** Other systems that were unavailable at some time because of it. */
    public SortedSet<String> follow() {
        return follow(Long.MIN_VALUE);
    }

    /** Other systems that are unavailable because of it, from outages that end after an instant, epoch milliseconds. */
    public SortedSet<String> follow(long after) {
        SortedSet<String> systems = new TreeSet<>();
        if (outage().endedAt() > after) {
            systems.addAll(published.affectedSystems());
        }
        for (PublishedOutage follower : followers) {
            if (follower.outage().endedAt() > after) {
                systems.add(follower.outage().systemId());
                systems.addAll(follower.affectedSystems());
            }
        }
        systems.remove(outage().systemId());
        return systems;
    }

    /**
     * Lower bound for the size of {@link #follow(long)}: an outage lists only the first of many systems, with their
     * total.
     */
    public int followCount(long after) {
        int count = follow(after).size();
        if (outage().endedAt() > after) {
            count = Math.max(count, published.affectedSystemsTotal());
        }
        for (PublishedOutage follower : followers) {
            if (follower.outage().endedAt() > after) {
                count = Math.max(count, follower.affectedSystemsTotal());
            }
        }
        return count;
    }
}
