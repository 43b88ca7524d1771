package org.knockon.feeds.tables;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.knockon.feeds.pseudonym.KeyedHash;

/**
 * The id of a service that no rule names. It is a keyed hash of what the message says of the service, because a location
 * may spell out a home address.
 */
public final class UnmappedService {

    private static final String PREFIX = "unmapped.";
    private static final Pattern SHOWN = Pattern.compile("[A-Z0-9^&_-]{1,40}");

    private UnmappedService() {}

    /**
     * The same id for the same attributes, in whatever order they came.
     *
     * @param namespace of the feed; may be empty
     */
    public static String id(String namespace, Map<String, List<String>> attributes, KeyedHash hash) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(attributes)
                .forEach((name, values) -> values.stream().sorted().forEach(value -> text.append(name)
                        .append('=')
                        .append(value.length())
                        .append(':')
                        .append(value)
                        .append('\n')));
        return PREFIX + (namespace.isEmpty() ? "" : namespace + ".") + hash.shortHex(text.toString());
    }

    /** Whether a text has the form of a code, so that it may be shown to those who write the rules. */
    public static boolean mayBeShown(String code) {
        return SHOWN.matcher(code).matches();
    }
}
