package org.knockon.schemas.registry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * A cache of values that never change and can be loaded again, up to a number; one more clears it. Thread-safe. Each
 * value is loaded once, and a failure to load is not cached.
 */
public final class BoundedCache<K, V> {

    private static final String LIMIT = "max.schemas.per.subject";

    private final ConcurrentMap<K, V> values = new ConcurrentHashMap<>();
    private final int limit;

    /** @param config client settings; {@code max.schemas.per.subject} is the number, 1000 by default */
    public BoundedCache(Map<String, ?> config) {
        limit = Math.max(1, ConfigNumbers.nonNegative(config, LIMIT, 1000));
    }

    /** Returns the cached value, or loads and caches it. */
    public V get(K key, Function<K, V> load) {
        V value = values.get(key);
        return value != null ? value : loadOnce(key, load);
    }

    private synchronized V loadOnce(K key, Function<K, V> load) {
        V value = values.get(key);
        if (value == null) {
            value = load.apply(key);
            if (values.size() >= limit) {
                values.clear();
            }
            values.put(key, value);
        }
        return value;
    }
}
