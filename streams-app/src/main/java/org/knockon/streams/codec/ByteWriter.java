package org.knockon.streams.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;

/** Appends to a growing buffer. Numbers are zig-zag varints: small ones take one byte. */
final class ByteWriter {

    private byte[] buffer;
    private int length;

    ByteWriter(int expected) {
        buffer = new byte[expected];
    }

    ByteWriter writeByte(int value) {
        ensure(1);
        buffer[length++] = (byte) value;
        return this;
    }

    ByteWriter writeBoolean(boolean value) {
        return writeByte(value ? 1 : 0);
    }

    <E extends Enum<E>> ByteWriter writeEnum(EnumTags<E> tags, E value) {
        return writeByte(tags.tag(value));
    }

    ByteWriter writeLong(long value) {
        ensure(10);
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            buffer[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[length++] = (byte) rest;
        return this;
    }

    /** Null and the empty string differ. */
    ByteWriter writeString(String value) {
        if (value == null) {
            return writeLong(-1);
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        writeLong(bytes.length);
        ensure(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
        return this;
    }

    ByteWriter writeStrings(Collection<String> values) {
        writeLong(values.size());
        values.forEach(this::writeString);
        return this;
    }

    ByteWriter writeBytes(byte[] value) {
        if (value == null) {
            return writeLong(-1);
        }
        writeLong(value.length);
        ensure(value.length);
        System.arraycopy(value, 0, buffer, length, value.length);
        length += value.length;
        return this;
    }

    byte[] toBytes() {
        return Arrays.copyOf(buffer, length);
    }

    private void ensure(int more) {
        if (length + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }
}
