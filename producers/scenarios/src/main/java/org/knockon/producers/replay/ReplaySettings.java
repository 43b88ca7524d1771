package org.knockon.producers.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.knockon.schemas.TopicPrefix;
import org.knockon.schemas.Topics;

/**
 * Settings of a replay.
 *
 * @param run name of this replay: part of every topic's name, and the {@code exercise} header of every record
 * @param prefix prefix of the live topics; the replay adds its own part, see {@link #topicPrefix()}
 * @param commitEvery sent events become visible at least this often. If the process is killed, the events of the open
 *     transaction are discarded; a restart sends them again
 * @param client settings of Kafka clients and of the registry, such as {@code bootstrap.servers} and
 *     {@code schema.registry.url}; they cannot override the settings that make the replay exactly once
 */
public record ReplaySettings(
        String run, String prefix, ReplaySpeed speed, Duration commitEvery, Map<String, Object> client) {

    private static final Pattern RUN = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /** @throws IllegalArgumentException listing every invalid value */
    public ReplaySettings {
        List<String> wrong = new ArrayList<>();
        if (!RUN.matcher(run).matches()) {
            wrong.add("run must be at most 63 lower-case letters, digits and dashes, not '" + run + "'");
        }
        if (!prefix.isEmpty() && !prefix.endsWith(".")) {
            wrong.add("prefix must end with a dot, not '" + prefix + "'");
        }
        if (commitEvery.toMillis() < 1) {
            wrong.add("commitEvery must be at least 1 ms, not " + commitEvery);
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", wrong));
        }
        client = Map.copyOf(client);
    }

    /**
     * Settings with the default prefix. Commits every 250 ms; at full speed every second, because the broker delays a
     * transaction until it has completed the previous one.
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
