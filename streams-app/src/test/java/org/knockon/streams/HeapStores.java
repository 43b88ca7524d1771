package org.knockon.streams;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Stores for a single processor without a topology. */
public final class HeapStores {

    private HeapStores() {}

    /** An empty store that belongs to the context, so it outlives a restarted processor. */
    public static <K, V> KeyValueStore<K, V> store(
            MockProcessorContext<?, ?> context, String name, Serde<K> key, Serde<V> value) {
        KeyValueStore<K, V> store = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), key, value)
                .withLoggingDisabled()
                .withCachingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        return store;
    }

    public static <K, V> Map<K, V> content(KeyValueStore<K, V> store) {
        Map<K, V> content = new HashMap<>();
        try (KeyValueIterator<K, V> all = store.all()) {
            all.forEachRemaining(entry -> content.put(entry.key, entry.value));
        }
        return content;
    }
}
