package org.knockon.cli.counts;

import java.util.List;
import java.util.Map;
import org.knockon.schemas.Topics;
import org.knockon.schemas.reading.CommittedReader;

/** The records that the pipeline could not process. */
public final class DeadLetters {

    private DeadLetters() {}

    /** @param client settings of Kafka clients */
    public static long count(Map<String, Object> client, String prefix) {
        long[] count = {0};
        try (CommittedReader reader = new CommittedReader(client, List.of(Topics.DEAD_LETTERS.name(prefix)))) {
            reader.readToEnd(letter -> count[0]++);
        }
        return count[0];
    }
}
