package org.knockon.streams.codec;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** A binary form: a stateless pair of functions. Null stands for a tombstone both ways. */
abstract class Form<T> {

    private static final int VERSION = 2;

    private final String name;

    Form(String name) {
        this.name = name;
    }

    abstract void write(T value, ByteWriter out);

    abstract T read(ByteReader in);

    final byte[] toBytes(T value) {
        if (value == null) {
            return null;
        }
        ByteWriter out = new ByteWriter(96).writeByte(VERSION);
        write(value, out);
        return out.toBytes();
    }

    final T fromBytes(byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        if (bytes.length == 0 || bytes[0] != VERSION) {
            throw new SerializationException("cannot read " + name + ": " + bytes.length + " bytes, version "
                    + (bytes.length == 0 ? "missing" : bytes[0]) + " where " + VERSION
                    + " was expected. Was the state written by another release? Then reset the application.");
        }
        ByteReader in = new ByteReader(bytes);
        in.readByte();
        return read(in);
    }

    final Serde<T> serde() {
        return Serdes.serdeFrom((topic, value) -> toBytes(value), (topic, bytes) -> fromBytes(bytes));
    }
}
