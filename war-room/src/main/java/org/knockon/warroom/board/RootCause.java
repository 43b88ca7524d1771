package org.knockon.warroom.board;

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
 * An outage that began by itself, and the outages that follow from it. It is over when the last of them is: applications may come back
 * days after their data centre, and until then they are out because of it.
 */
public record RootCause(PublishedOutage published, List<PublishedOutage> followers) {

    private static final long TIME_TO_BE_BACK = 15 * 60 * 1000L;

    public RootCause {
        followers = List.copyOf(followers);
    }

    /** Those among outages, in their order. */
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

    /** When the last outage of it ended, epoch milliseconds; {@link Outage#OPEN} while one lasts. */
    public long endedAt() {
        return followers.stream()
                .mapToLong(follower -> follower.outage().endedAt())
                .reduce(outage().endedAt(), Math::max);
    }

    /** When its own system was back, epoch milliseconds; {@link Outage#OPEN} before. Where systems need each other, it may follow from itself. */
    public long backAt() {
        return followers.stream()
                .map(PublishedOutage::outage)
                .filter(follower -> follower.systemId().equals(outage().systemId()))
                .mapToLong(Outage::endedAt)
                .reduce(outage().endedAt(), Math::max);
    }

    /**
     * Whether all of it was announced, as far as an instant knows. What follows from maintenance and outlives it was not, once it had
     * time to be seen to be back; nor is it when it is over.
     *
     * @param now epoch milliseconds
     */
    public boolean planned(long now) {
        return outage().planned()
                && (outage().endedAt() > now - TIME_TO_BE_BACK
                        || followers.stream()
                                .map(PublishedOutage::outage)
                                .noneMatch(follower -> !follower.planned()
                                        && follower.endedAt() - TIME_TO_BE_BACK > outage().endedAt()));
    }

    /** Other systems that could not be used at some time because of it. */
    public SortedSet<String> follow() {
        return follow(Long.MIN_VALUE);
    }

    /** Other systems that cannot be used because of it, by outages that end after an instant, epoch milliseconds. */
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

    /** How many {@link #follow(long)} at least: an outage names the first of many only, and says how many there are. */
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
