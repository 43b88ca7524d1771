package org.knockon.samples;

import java.util.Map;

/**
 * A message as a sender sends it.
 *
 * @param name of the fixture
 * @param feed that it is sent to
 * @param method of HTTP; empty for a message of HL7 v2
 * @param path below the feed's own; empty for the feed itself
 * @param headers of HTTP
 */
public record Sample(String name, String feed, String method, String path, Map<String, String> headers, byte[] body) {

    private static final String HL7_FEED = "pas";

    public Sample {
        headers = Map.copyOf(headers);
    }

    static Sample hl7(String name, byte[] message) {
        return new Sample(name, HL7_FEED, "", "", Map.of(), message);
    }

    public boolean hl7() {
        return method.isEmpty();
    }

    public Sample with(Map<String, String> otherHeaders, byte[] otherBody) {
        return new Sample(name, feed, method, path, otherHeaders, otherBody);
    }

    @Override
    public String toString() {
        return name;
    }
}
