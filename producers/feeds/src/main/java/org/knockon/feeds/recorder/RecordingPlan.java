package org.knockon.feeds.recorder;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What to record.
 *
 * @param client settings of Kafka clients and of the registry
 * @param prefix what the names of the topics start with
 * @param from leaves out events before this, except for each appointment's last record; empty for all
 * @param until leaves out events from then on, and waits for it if it lies in the future; empty to stop where the topics
 *     end at the start
 * @param program the program that records, with its version
 */
public record RecordingPlan(
        Map<String, Object> client,
        String prefix,
        Path file,
        Optional<Instant> from,
        Optional<Instant> until,
        String program) {

    public RecordingPlan {
        client = Map.copyOf(client);
    }
}
