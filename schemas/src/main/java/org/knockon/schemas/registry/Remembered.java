package org.knockon.schemas.registry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * Things that never change and can be had again, up to a number; one more forgets all. Safe for any number of threads;
 * each thing is asked for once, and a failure is not remembered.
 */
public final class Remembered<K, V> {

    private static final String MOST = "max.schemas.per.subject";

    private final ConcurrentMap<K, V> known = new ConcurrentHashMap<>();
    private final int most;

    /** @param config client settings; {@code max.schemas.per.subject} is the number, 1000 by default */
    public Remembered(Map<String, ?> config) {
        most = Math.max(1, ConfigNumbers.atLeastZero(config, MOST, 1000));
    }

    public V get(K key, Function<K, V> ask) {
        V value = known.get(key);
        return value != null ? value : askOnce(key, ask);
    }

    private synchronized V askOnce(K key, Function<K, V> ask) {
        V value = known.get(key);
        if (value == null) {
            value = ask.apply(key);
            if (known.size() >= most) {
                known.clear();
            }
            known.put(key, value);
        }
        return value;
    }
}
