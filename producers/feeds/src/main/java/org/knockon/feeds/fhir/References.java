package org.knockon.feeds.fhir;

import java.util.Arrays;
import java.util.List;

/** References to resources, as written by senders. */
final class References {

    private static final String HISTORY = "/_history/";

    private References() {}

    /** Whether the reference has a meaning only inside its message. */
    static boolean local(String reference) {
        return reference.startsWith("#") || reference.startsWith("urn:");
    }

    /** Type and id, such as {@code Location/12}, without the server's address and without a version. */
    static String typeAndId(String reference) {
        List<String> parts = parts(reference);
        return String.join("/", parts.subList(Math.max(0, parts.size() - 2), parts.size()));
    }

    /** The id alone; of {@code urn:uuid:...} the UUID. */
    static String id(String reference) {
        List<String> parts = parts(reference);
        String last = parts.get(parts.size() - 1);
        return last.startsWith("urn:") ? last.substring(last.lastIndexOf(':') + 1) : last;
    }

    /** The type that the reference itself names; empty if it names none. */
    static String type(String reference) {
        List<String> parts = parts(reference);
        return parts.size() < 2 ? "" : parts.get(parts.size() - 2);
    }

    private static List<String> parts(String reference) {
        int history = reference.indexOf(HISTORY);
        List<String> parts = Arrays.asList((history < 0 ? reference : reference.substring(0, history)).split("/"));
        return parts.isEmpty() ? List.of("") : parts;
    }
}
