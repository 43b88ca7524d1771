package org.knockon.benchmarks.fuzz;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the senders saw. Thread-safe. */
final class Tally {

    private static final int MOST_KEPT = 1_000;
    private static final String CREATED = "/feeds/ers/Appointment/";

    /** An input and what is wrong with its answer. */
    record Wrong(FuzzInput input, String problem) {}

    private final Map<String, Long> positive = new HashMap<>();
    private final Map<String, Long> unavailable = new HashMap<>();
    private final Set<String> published = new HashSet<>();
    private final Set<String> created = new HashSet<>();
    private final List<Wrong> wrong = new ArrayList<>();

    synchronized void add(FuzzInput input, Reply reply) {
        String feed = input.message().feed();
        positive.merge(feed, (long) reply.positive(), Long::sum);
        if (reply.unavailable()) {
            unavailable.merge(feed, 1L, Long::sum);
        }
        if (reply.published() && !input.id().isEmpty()) {
            published.add(feed + " " + input.id());
        }
        if (reply.created().startsWith(CREATED)) {
            created.add(
                    "ers/" + URLDecoder.decode(reply.created().substring(CREATED.length()), StandardCharsets.UTF_8));
        }
        reply.problem()
                .filter(problem -> wrong.size() < MOST_KEPT)
                .ifPresent(problem -> wrong.add(new Wrong(input, problem)));
    }

    synchronized long positive(String feed) {
        return positive.getOrDefault(feed, 0L);
    }

    synchronized long unavailable(String feed) {
        return unavailable.getOrDefault(feed, 0L);
    }

    synchronized long unavailable() {
        return unavailable.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Feed and id of each input whose answer said that its records are there. */
    synchronized Set<String> published() {
        return Set.copyOf(published);
    }

    /** Ids of appointments whose answer said that they are new. */
    synchronized Set<String> created() {
        return Set.copyOf(created);
    }

    synchronized int wrong() {
        return wrong.size();
    }

    /** The wrong answer to the smallest input. */
    synchronized Optional<Wrong> smallest() {
        return wrong.stream()
                .min(Comparator.comparingInt(each -> each.input().message().body().length));
    }
}
