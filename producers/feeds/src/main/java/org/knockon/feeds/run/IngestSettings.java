package org.knockon.feeds.run;

import java.util.Map;
import java.util.Optional;
import org.knockon.feeds.settings.FeedsFile;
import org.knockon.health.HealthAddress;

/**
 * What the running feeds need.
 *
 * @param client settings of Kafka clients and the registry
 * @param prefix of every topic
 * @param exercise name of the exercise that all records belong to; empty for live data
 * @param health address of health and metrics in plain HTTP, in addition to those of the feeds
 */
public record IngestSettings(
        Map<String, Object> client, String prefix, FeedsFile file, Optional<String> exercise, HealthAddress health) {

    public IngestSettings {
        client = Map.copyOf(client);
    }

    /** Without health endpoints of their own. */
    public IngestSettings(Map<String, Object> client, String prefix, FeedsFile file, Optional<String> exercise) {
        this(client, prefix, file, exercise, HealthAddress.NONE);
    }
}
