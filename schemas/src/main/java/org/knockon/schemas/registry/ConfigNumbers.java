package org.knockon.schemas.registry;

import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/** Whole numbers among a client's settings, which may be texts. */
final class ConfigNumbers {

    private ConfigNumbers() {}

    /** @throws ConfigException naming the key and the value that is no such number */
    static int atLeastZero(Map<String, ?> config, String key, int otherwise) {
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
            // Reported below, with the numbers that are too small.
        }
        throw new ConfigException(key + " must be a whole number of at least 0, but it is " + value);
    }
}
