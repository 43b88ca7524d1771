package org.knockon.schemas.wire;

import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.common.config.ConfigException;

/** The header of the Confluent wire format, and the boolean settings of the serde. */
public final class WireFormat {

    static final byte MAGIC = 0;
    /** Magic byte and schema id. */
    static final int HEADER = 5;

    private WireFormat() {}

    /** Puts an id into the header. */
    public static void putId(byte[] bytes, int id) {
        bytes[0] = MAGIC;
        bytes[1] = (byte) (id >>> 24);
        bytes[2] = (byte) (id >>> 16);
        bytes[3] = (byte) (id >>> 8);
        bytes[4] = (byte) id;
    }

    /** The id of the schema that a value names; empty for a value that is null or in another format. */
    public static OptionalInt idOf(byte[] value) {
        return value == null || value.length < HEADER || value[0] != MAGIC
                ? OptionalInt.empty()
                : OptionalInt.of(id(value));
    }

    static int id(byte[] bytes) {
        return (bytes[1] & 0xff) << 24 | (bytes[2] & 0xff) << 16 | (bytes[3] & 0xff) << 8 | bytes[4] & 0xff;
    }

    /** Reads a boolean setting of the serde. */
    public static boolean flag(Map<String, ?> config, String key, boolean otherwise) {
        Object value = config.get(key);
        if (value == null) {
            return otherwise;
        }
        String text = value.toString().strip();
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw new ConfigException(key, value, "must be true or false");
        }
        return Boolean.parseBoolean(text);
    }
}
