package org.knockon.streams.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what {@link ByteWriter} wrote. */
final class ByteReader {

    private final byte[] bytes;
    private int position;

    ByteReader(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean isAtEnd() {
        return position == bytes.length;
    }

    int readByte() {
        return bytes[position++];
    }

    boolean readBoolean() {
        return readByte() != 0;
    }

    <E extends Enum<E>> E readEnum(EnumTags<E> tags) {
        return tags.constant(readByte());
    }

    long readLong() {
        long raw = 0;
        int shift = 0;
        byte next;
        do {
            next = bytes[position++];
            raw |= (next & 0x7FL) << shift;
            shift += 7;
        } while (next < 0);
        return (raw >>> 1) ^ -(raw & 1);
    }

    int readInt() {
        return Math.toIntExact(readLong());
    }

    String readString() {
        int size = readInt();
        if (size < 0) {
            return null;
        }
        String value = new String(bytes, position, size, StandardCharsets.UTF_8);
        position += size;
        return value;
    }

    List<String> readStrings() {
        int count = readInt();
        List<String> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(readString());
        }
        return values;
    }

    byte[] readBytes() {
        int size = readInt();
        if (size < 0) {
            return null;
        }
        byte[] value = new byte[size];
        System.arraycopy(bytes, position, value, 0, size);
        position += size;
        return value;
    }
}
