package org.knockon.streams.failure;

import java.util.Optional;
import org.knockon.schemas.Topic;
import org.knockon.schemas.limits.EventTimes;
import org.knockon.schemas.limits.InputLimits;

/** Rejects input records that exceed a limit of docs/topics.md. */
public final class InputCheck<V> {

    private final Topic<V> topic;
    private final InputLimits<V> limits;

    public InputCheck(Topic<V> topic) {
        this.topic = topic;
        limits = InputLimits.of(topic).orElseThrow();
    }

    /**
     * Returns the record's value; null for a tombstone.
     *
     * @param latest latest time at which a record can have been written, epoch milliseconds
     * @throws InvalidEventException naming the first limit that is exceeded
     */
    public V require(String key, RawRecord<?> raw, long latest) {
        String wrongTime = EventTimes.refusal("the record's timestamp", raw.timestamp(), limits.latest(latest));
        if (wrongTime != null) {
            throw new InvalidEventException(wrongTime);
        }
        V value = topic.valueType().cast(raw.value());
        Optional<String> refusal = limits.refusal(key, value, latest);
        if (refusal.isPresent()) {
            throw new InvalidEventException(refusal.get());
        }
        return value;
    }
}
