package org.knockon.feeds.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.knockon.feeds.message.FeedRequest;
import org.knockon.impact.detection.Detection;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Outage;

/**
 * A pair of Alertmanagers for high availability sends most things twice, and either repeats what was not acknowledged.
 * The outages are the same as with one server that never has to repeat.
 */
class PairedAlertmanagersTest {

    private static final long START = Instant.parse("2026-03-10T00:00:00Z").toEpochMilli();
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long LENGTH = 3 * 60 * MINUTE;
    private static final long GROUP_WAIT = 10 * SECOND;
    private static final long GROUP_INTERVAL = 30 * SECOND;
    private static final long REPEAT = 4 * MINUTE;
    private static final long PEER_TIMEOUT = 15 * SECOND;
    private static final int WORLDS = Boolean.getBoolean("knockon.long") ? 4_000 : 200;
    private static final MonitoringPolicy POLICY = new MonitoringPolicy(2 * MINUTE, MINUTE, 5 * MINUTE);

    private record Failure(long from, long until) {}

    private record Post(long at, String body) {}

    @Test
    void whatIsSentTwiceChangesNoOutage() {
        int outages = 0;
        for (long seed = 1; seed <= WORLDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Failure> failures = failures(random);
            List<Post> one = posts(failures, 0);
            List<Post> pair = new ArrayList<>(one);
            pair.addAll(posts(failures, PEER_TIMEOUT));
            one.stream()
                    .filter(post -> random.nextInt(3) == 0)
                    .map(post -> new Post(post.at() + 200, post.body()))
                    .forEach(pair::add);
            pair.addAll(lateCopies(failures, random));
            List<Outage> expected = outages(one);
            assertThat(outages(pair)).as("seed " + seed).isEqualTo(expected);
            outages += expected.size();
        }
        assertThat(outages).as("outages in all worlds").isGreaterThan(WORLDS);
    }

    private static List<Failure> failures(SplittableRandom random) {
        List<Failure> failures = new ArrayList<>();
        long at = START;
        while (true) {
            long from = at + random.nextLong(2 * 60, 40 * 60) * SECOND;
            long until = from + random.nextLong(5, 15 * 60) * SECOND;
            if (until > START + LENGTH - 10 * MINUTE) {
                return failures;
            }
            failures.add(new Failure(from, until));
            at = until;
        }
    }

    /** What one server sends: alerts in groups, and a heartbeat each minute. */
    private static List<Post> posts(List<Failure> failures, long delay) {
        List<Post> posts = new ArrayList<>();
        for (long at = START + delay; at < START + LENGTH; at += MINUTE) {
            posts.add(new Post(at, """
                    {"version":"4","alerts":[{"status":"firing","labels":{"alertname":"Watchdog"},"fingerprint":"d0"}]}"""));
        }
        for (Failure failure : failures) {
            long flush = failure.from() + GROUP_WAIT + delay;
            if (flush >= failure.until()) {
                continue;
            }
            long sent = 0;
            for (; flush < failure.until(); flush += GROUP_INTERVAL) {
                if (sent == 0 || flush - sent >= REPEAT) {
                    posts.add(new Post(flush, alert(failure, false)));
                    sent = flush;
                }
            }
            posts.add(new Post(flush, alert(failure, true)));
        }
        return posts;
    }

    /** The second server did not know of the end yet when it sent, and learns of it at its next turn. */
    private static List<Post> lateCopies(List<Failure> failures, SplittableRandom random) {
        List<Post> posts = new ArrayList<>();
        for (Failure failure : failures) {
            if (failure.from() + GROUP_WAIT < failure.until() && random.nextBoolean()) {
                long flushes = (failure.until() - failure.from() - GROUP_WAIT + GROUP_INTERVAL - 1) / GROUP_INTERVAL;
                long resolved = failure.from() + GROUP_WAIT + flushes * GROUP_INTERVAL;
                long late = resolved + random.nextLong(1, 20) * SECOND;
                posts.add(new Post(late, alert(failure, false)));
                posts.add(new Post(late + random.nextLong(1, 20) * SECOND, alert(failure, true)));
            }
        }
        return posts;
    }

    private static String alert(Failure failure, boolean resolved) {
        return """
                {"version":"4","alerts":[{"status":"%s","labels":{"alertname":"PasDown","job":"pas"},"fingerprint":"f1",
                 "startsAt":"%s","endsAt":"%s"}]}""".formatted(
                        resolved ? "resolved" : "firing",
                        Instant.ofEpochMilli(failure.from()),
                        resolved ? Instant.ofEpochMilli(failure.until()) : "0001-01-01T00:00:00Z");
    }

    private static List<Outage> outages(List<Post> posts) {
        AlertMapper mapper = new AlertMapper(AlertSender.ALERTMANAGER, MonitorFeeds.settings("am"));
        MonitorState state = MonitorState.EMPTY;
        List<Observation> observations = new ArrayList<>();
        List<Post> inOrder = new ArrayList<>(posts);
        inOrder.sort(Comparator.comparingLong(Post::at));
        for (Post post : inOrder) {
            FeedRequest request =
                    new FeedRequest("POST", "", Map.of(), post.body().getBytes(StandardCharsets.UTF_8));
            MonitorResult result = mapper.map(request, state, new MonitorContext(post.at(), START, id -> true));
            state = result.state();
            result.message().observations().stream()
                    .filter(observation -> observation.systemId().equals("pas"))
                    .forEach(observations::add);
        }
        observations.sort(Comparator.comparingLong(Observation::observedAt));
        Detection detection = new Detection("pas", POLICY);
        List<Outage> outages = new ArrayList<>();
        observations.forEach(observation -> detection.observe(observation, outages::add));
        outages.addAll(detection.judgedAt(START + LENGTH).outages());
        return outages;
    }
}
