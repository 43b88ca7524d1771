package org.knockon.feeds.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Many small values by key in little memory: one array of bytes for each entry, which begins with its key. A third of
 * what a map of strings and records needs. Not thread-safe.
 */
final class CompactMap {

    private static final int FIRST_SLOTS = 1 << 10;

    private byte[][] slots = new byte[FIRST_SLOTS][];
    private int size;

    int size() {
        return size;
    }

    /** The value, to be read from its position on. */
    Optional<ByteBuffer> get(String key) {
        byte[] entry = slots[slot(bytes(key))];
        return entry == null ? Optional.empty() : Optional.of(value(entry));
    }

    /** @param value at most what an array can hold, besides the key */
    void put(String key, byte[] value) {
        byte[] keyBytes = bytes(key);
        byte[] entry = ByteBuffer.allocate(Short.BYTES + keyBytes.length + value.length)
                .putShort((short) keyBytes.length)
                .put(keyBytes)
                .put(value)
                .array();
        int slot = slot(keyBytes);
        if (slots[slot] == null) {
            size++;
        }
        slots[slot] = entry;
        // At most two thirds full, so that a search is short.
        if (size > slots.length / 3 * 2) {
            rebuild(slots.length * 2);
        }
    }

    void remove(String key) {
        int slot = slot(bytes(key));
        if (slots[slot] == null) {
            return;
        }
        slots[slot] = null;
        size--;
        // Entries that were displaced past the gap must stay findable: put in again what follows it.
        for (int next = next(slot); slots[next] != null; next = next(next)) {
            byte[] displaced = slots[next];
            slots[next] = null;
            slots[slot(key(displaced))] = displaced;
        }
    }

    /** Removes the entries whose value fits, and returns their keys. */
    List<String> removeIf(Predicate<ByteBuffer> unwanted) {
        List<String> removed = new ArrayList<>();
        byte[][] all = slots;
        slots = new byte[all.length][];
        size = 0;
        for (byte[] entry : all) {
            if (entry == null) {
                continue;
            }
            if (unwanted.test(value(entry))) {
                removed.add(new String(key(entry), StandardCharsets.UTF_8));
            } else {
                insert(entry);
            }
        }
        return removed;
    }

    /** Calls the visitor for each key and value, in any order. */
    void forEach(BiConsumer<String, ByteBuffer> visitor) {
        for (byte[] entry : slots) {
            if (entry != null) {
                visitor.accept(new String(key(entry), StandardCharsets.UTF_8), value(entry));
            }
        }
    }

    private void rebuild(int count) {
        byte[][] all = slots;
        slots = new byte[count][];
        size = 0;
        for (byte[] entry : all) {
            if (entry != null) {
                insert(entry);
            }
        }
    }

    private void insert(byte[] entry) {
        slots[slot(key(entry))] = entry;
        size++;
    }

    /** The slot that holds the key, or the free one where it belongs. */
    private int slot(byte[] key) {
        int slot = hash(key) & (slots.length - 1);
        while (slots[slot] != null && !hasKey(slots[slot], key)) {
            slot = next(slot);
        }
        return slot;
    }

    private int next(int slot) {
        return (slot + 1) & (slots.length - 1);
    }

    private static boolean hasKey(byte[] entry, byte[] key) {
        return keyLength(entry) == key.length
                && Arrays.equals(entry, Short.BYTES, Short.BYTES + key.length, key, 0, key.length);
    }

    private static byte[] key(byte[] entry) {
        return Arrays.copyOfRange(entry, Short.BYTES, Short.BYTES + keyLength(entry));
    }

    private static int keyLength(byte[] entry) {
        return Short.toUnsignedInt(ByteBuffer.wrap(entry).getShort());
    }

    private static ByteBuffer value(byte[] entry) {
        return ByteBuffer.wrap(entry).position(Short.BYTES + keyLength(entry)).slice();
    }

    private static byte[] bytes(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0xFFFF) {
            throw new IllegalArgumentException("a key of " + bytes.length + " bytes");
        }
        return bytes;
    }

    private static int hash(byte[] key) {
        int hash = Arrays.hashCode(key) * 0x9E3779B9;
        return hash ^ (hash >>> 16);
    }
}
