package org.knockon.streams.outage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keys that sort by system, then by instant, then by a name: length of the systemId in bytes (4 bytes), systemId,
 * instant (8 bytes, sign bit flipped so that bytes sort as the numbers do), name. The length separates systems
 * whatever bytes their ids contain.
 */
final class SystemKeys {

    /** Before the key of any system. Keys of one byte sort before it and are free for other uses. */
    static final Bytes FIRST = Bytes.wrap(new byte[] {0, 0, 0, 0});

    /** After the key of any system. */
    static final Bytes LAST = Bytes.wrap(new byte[] {1});

    private SystemKeys() {}

    static Bytes key(String systemId, long instant, String name) {
        byte[] id = systemId.getBytes(StandardCharsets.UTF_8);
        byte[] tail = name.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES + id.length + Long.BYTES + tail.length)
                .putInt(id.length)
                .put(id)
                .putLong(instant ^ Long.MIN_VALUE)
                .put(tail)
                .array());
    }

    /** The smallest key greater than the given one. */
    static Bytes after(Bytes key) {
        byte[] bytes = key.get();
        return Bytes.wrap(
                ByteBuffer.allocate(bytes.length + 1).put(bytes).put((byte) 0).array());
    }

    static String systemId(Bytes key) {
        return new String(key.get(), Integer.BYTES, idLength(key), StandardCharsets.UTF_8);
    }

    static long instant(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong(Integer.BYTES + idLength(key)) ^ Long.MIN_VALUE;
    }

    static String name(Bytes key) {
        int from = Integer.BYTES + idLength(key) + Long.BYTES;
        return new String(key.get(), from, key.get().length - from, StandardCharsets.UTF_8);
    }

    private static int idLength(Bytes key) {
        return ByteBuffer.wrap(key.get()).getInt(0);
    }

    /**
     * The next system after the given one that has a key in the store, or the first for null; null when there is none.
     */
    static String systemAfter(KeyValueStore<Bytes, byte[]> store, String systemId) {
        Bytes from = systemId == null ? FIRST : after(end(systemId));
        try (KeyValueIterator<Bytes, byte[]> found = store.range(from, LAST)) {
            return found.hasNext() ? systemId(found.next().key) : null;
        }
    }

    /** After every key of the system: its last byte does not occur in UTF-8. */
    static Bytes end(String systemId) {
        byte[] id = systemId.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES + id.length + Long.BYTES + 1)
                .putInt(id.length)
                .put(id)
                .putLong(-1)
                .put((byte) -1)
                .array());
    }
}
