package org.knockon.schemas.registry;

import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/** Reads whole numbers from client settings, which may be text. */
final class ConfigNumbers {

    private ConfigNumbers() {}

    /** @throws ConfigException naming the key and its value, when it is not such a number */
    static int nonNegative(Map<String, ?> config, String key, int otherwise) {
        Object value = config.get(key);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value.toString().strip());
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the error below, like negative numbers.
        }
        throw new ConfigException(key + " must be a whole number of at least 0, but it is " + value);
    }
}
