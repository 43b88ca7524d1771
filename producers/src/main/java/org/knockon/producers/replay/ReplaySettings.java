package org.knockon.producers.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.knockon.schemas.TopicPrefix;
import org.knockon.schemas.Topics;

/**
 * How a scenario is replayed.
 *
 * @param run name of this replay: part of every topic's name, and the {@code exercise} header of every record
 * @param prefix of the live topics; the replay's own lie beneath it, see {@link #topicPrefix()}
 * @param commitEvery events become visible at least this often while any are sent; up to this much of them is lost to readers,
 *     not to the replay, when the process is killed
 * @param client settings of Kafka clients and of the registry, such as {@code bootstrap.servers} and
 *     {@code schema.registry.url}; what makes the replay exactly once cannot be overridden by them
 */
public record ReplaySettings(
        String run, String prefix, ReplaySpeed speed, Duration commitEvery, Map<String, Object> client) {

    private static final Pattern RUN = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /** @throws IllegalArgumentException naming every value that cannot be */
    public ReplaySettings {
        List<String> wrong = new ArrayList<>();
        if (!RUN.matcher(run).matches()) {
            wrong.add("run must be small letters, digits and dashes, at most 63, not '" + run + "'");
        }
        if (!prefix.isEmpty() && !prefix.endsWith(".")) {
            wrong.add("prefix must end with a dot, not '" + prefix + "'");
        }
        if (commitEvery.toMillis() < 1) {
            wrong.add("commitEvery must be at least a millisecond, not " + commitEvery);
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", wrong));
        }
        client = Map.copyOf(client);
    }

    /**
     * Under the default prefix. A commit each quarter of a second; each second at full speed, where the broker would hold up
     * the next transaction until it has settled the last.
     */
    public static ReplaySettings of(String run, ReplaySpeed speed, Map<String, Object> client) {
        Duration commitEvery = speed.max() ? Duration.ofSeconds(1) : Duration.ofMillis(250);
        return new ReplaySettings(run, Topics.DEFAULT_PREFIX, speed, commitEvery, client);
    }

    /** {@code knockon.replay.<run>.}: exercises never mix with live data. */
    public String topicPrefix() {
        return new TopicPrefix(prefix).replay(run).text();
    }
}
