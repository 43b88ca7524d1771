package org.knockon.feeds.catalogue;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.knockon.producers.yaml.Item;
import org.knockon.schemas.Topic;
import org.knockon.schemas.limits.EventTimes;
import org.knockon.schemas.limits.InputLimits;
import org.knockon.schemas.limits.Limit;

/** The limits of a topic, for values in a file. A record beyond one of them would become a dead letter. */
final class CatalogueLimits<V> {

    private final InputLimits<V> limits;

    CatalogueLimits(Topic<V> topic) {
        limits = InputLimits.of(topic).orElseThrow();
    }

    /** A whole number within the limit of its field. */
    long whole(Item item, String field, long fallback) {
        Limit.Whole<V> limit = find(field, each -> each instanceof Limit.Whole<V> whole ? whole : null);
        return item.whole(limit.from(), limit.to(), fallback);
    }

    /** A limit of the kind that {@code cast} returns; the others are null. */
    <L> L find(String field, Function<Limit<V>, L> cast) {
        return limits.fields().stream()
                .filter(limit -> limit.field().equals(field))
                .map(cast)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such limit on " + field));
    }

    /** Reports everything that is beyond a limit at the id of the record. */
    void check(Item id, String key, V value) {
        List<String> refusals = limits.fields().stream()
                .map(limit -> limit.refusal(value, EventTimes.LATEST))
                .filter(Objects::nonNull)
                .toList();
        refusals.forEach(refusal -> id.reject("'" + key + "': " + refusal, ""));
        if (refusals.isEmpty()) {
            limits.refusal(key, value, EventTimes.LATEST).ifPresent(refusal -> id.reject(refusal, ""));
        }
    }
}
