package org.knockon.feeds.run;

import java.util.Map;
import java.util.Optional;
import org.knockon.feeds.settings.FeedsFile;

/**
 * What the running feeds need.
 *
 * @param client settings of Kafka clients and the registry
 * @param prefix of every topic
 * @param exercise name of the exercise that all records belong to; empty for live data
 */
public record IngestSettings(Map<String, Object> client, String prefix, FeedsFile file, Optional<String> exercise) {

    public IngestSettings {
        client = Map.copyOf(client);
    }
}
