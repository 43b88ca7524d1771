package org.knockon.streams.codec;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * A binary form of one type, as a stateless pair of functions. The first byte is its version. Null is a tombstone both
 * ways.
 */
abstract class Form<T> {

    private final String name;
    private final byte version;

    /**
     * @param name for messages
     * @param version to be raised whenever the bytes of the same value change
     */
    Form(String name, int version) {
        this.name = name;
        this.version = (byte) version;
    }

    abstract void write(T value, ByteWriter out);

    abstract T read(ByteReader in);

    final byte[] toBytes(T value) {
        if (value == null) {
            return null;
        }
        ByteWriter out = new ByteWriter(96).writeByte(version);
        write(value, out);
        return out.toBytes();
    }

    /** @throws StateFormatException when the bytes are of another version, or are not of this form */
    final T fromBytes(byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        if (bytes.length == 0 || bytes[0] != version) {
            throw new StateFormatException("cannot read " + name + ": " + bytes.length + " bytes, version "
                    + (bytes.length == 0 ? "missing" : bytes[0]) + " where this release reads version " + version);
        }
        ByteReader in = new ByteReader(bytes);
        in.readByte();
        T value;
        try {
            value = read(in);
        } catch (StateFormatException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new StateFormatException("cannot read " + name + ": its " + bytes.length + " bytes are corrupt", e);
        }
        if (!in.isAtEnd()) {
            throw new StateFormatException(
                    "cannot read " + name + ": its " + bytes.length + " bytes are longer than its content");
        }
        return value;
    }

    final Serde<T> serde() {
        return Serdes.serdeFrom((topic, value) -> toBytes(value), (topic, bytes) -> fromBytes(bytes));
    }
}
