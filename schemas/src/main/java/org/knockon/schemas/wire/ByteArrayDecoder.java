package org.knockon.schemas.wire;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Decodes Avro's binary encoding from a byte array with the whole record. Unlike Avro's own decoder, it rejects any
 * length that exceeds the array: with Avro's, four junk bytes can request two gigabytes and end the process. Not
 * thread-safe.
 */
final class ByteArrayDecoder extends Decoder {

    private static final char REPLACEMENT = '\uFFFD';

    private byte[] bytes;
    private int at;
    private int end;

    ByteArrayDecoder over(byte[] array, int from) {
        bytes = array;
        at = from;
        end = array.length;
        return this;
    }

    int remaining() {
        return end - at;
    }

    @Override
    public void readNull() {
        // Takes no bytes.
    }

    @Override
    public boolean readBoolean() throws IOException {
        byte value = next();
        if (value != 0 && value != 1) {
            throw new AvroRuntimeException("not a boolean");
        }
        return value == 1;
    }

    @Override
    public int readInt() throws IOException {
        long value = readLong();
        if (value != (int) value) {
            throw new AvroRuntimeException("not an int");
        }
        return (int) value;
    }

    /** Zigzag, seven bits a byte, the lowest first. */
    @Override
    public long readLong() throws IOException {
        long raw = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte part = next();
            raw |= (part & 0x7fL) << shift;
            if (part >= 0) {
                return raw >>> 1 ^ -(raw & 1);
            }
        }
        throw new AvroRuntimeException("not a long");
    }

    @Override
    public float readFloat() throws IOException {
        return Float.intBitsToFloat((int) littleEndian(Float.BYTES));
    }

    @Override
    public double readDouble() throws IOException {
        return Double.longBitsToDouble(littleEndian(Double.BYTES));
    }

    @Override
    public Utf8 readString(Utf8 old) throws IOException {
        return new Utf8(readString());
    }

    @Override
    public String readString() throws IOException {
        int length = length();
        String value = new String(bytes, at, length, StandardCharsets.UTF_8);
        // Java silently replaces invalid UTF-8, and two different ids would become one.
        if (value.indexOf(REPLACEMENT) >= 0 && !isUtf8(length)) {
            throw new AvroRuntimeException("not UTF-8");
        }
        at += length;
        return value;
    }

    private boolean isUtf8(int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    @Override
    public void skipString() throws IOException {
        int length = length();
        at += length;
    }

    @Override
    public ByteBuffer readBytes(ByteBuffer old) throws IOException {
        byte[] value = new byte[length()];
        readFixed(value, 0, value.length);
        return ByteBuffer.wrap(value);
    }

    @Override
    public void skipBytes() throws IOException {
        skipString();
    }

    @Override
    public void readFixed(byte[] target, int start, int length) throws IOException {
        require(length);
        System.arraycopy(bytes, at, target, start, length);
        at += length;
    }

    @Override
    public void skipFixed(int length) throws IOException {
        require(length);
        at += length;
    }

    @Override
    public int readEnum() throws IOException {
        return readInt();
    }

    @Override
    public int readIndex() throws IOException {
        return readInt();
    }

    @Override
    public long readArrayStart() throws IOException {
        return itemCount();
    }

    @Override
    public long arrayNext() throws IOException {
        return itemCount();
    }

    @Override
    public long skipArray() throws IOException {
        return skippedItems();
    }

    @Override
    public long readMapStart() throws IOException {
        return itemCount();
    }

    @Override
    public long mapNext() throws IOException {
        return itemCount();
    }

    @Override
    public long skipMap() throws IOException {
        return skippedItems();
    }

    /** A negative count means that the block's size in bytes follows. */
    private long itemCount() throws IOException {
        long count = readLong();
        if (count < 0) {
            readLong();
            count = -count;
        }
        // Every item in our schemas takes at least one byte.
        require(count);
        return count;
    }

    /** Skips blocks that state their size; returns the count of the first block that does not, or 0 at the end. */
    private long skippedItems() throws IOException {
        long count = readLong();
        while (count < 0) {
            int size = length();
            at += size;
            count = readLong();
        }
        require(count);
        return count;
    }

    private int length() throws IOException {
        return (int) require(readLong());
    }

    private long littleEndian(int width) throws IOException {
        require(width);
        long value = 0;
        for (int i = 0; i < width; i++) {
            value |= (bytes[at++] & 0xffL) << 8 * i;
        }
        return value;
    }

    private byte next() throws IOException {
        if (at >= end) {
            throw new EOFException();
        }
        return bytes[at++];
    }

    private long require(long length) throws IOException {
        if (length < 0 || length > end - at) {
            throw new EOFException();
        }
        return length;
    }
}
