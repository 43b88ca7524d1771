package org.knockon.feeds.mllp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Where and how a listener receives messages.
 *
 * @param name of the feed, in logs and names of threads
 * @param port 0 for any that is free
 * @param maxConnections further ones are reset at once
 * @param idle how long a connection may be silent
 * @param answerWithin from the last byte of a message to the last byte of its answer; then the connection is reset
 * @param maxFrame longest message, in bytes
 */
public record MllpSettings(
        String name, String bind, int port, int maxConnections, Duration idle, Duration answerWithin, int maxFrame) {

    public MllpSettings {
        List<String> problems = new ArrayList<>();
        if (port < 0 || port > 65_535) {
            problems.add("port is " + port + ": it must be from 0 to 65535");
        }
        if (maxConnections < 1) {
            problems.add("maxConnections is " + maxConnections + ": it must be at least 1");
        }
        if (idle.toMillis() < 1) {
            problems.add("idle is " + idle + ": it must be at least 1 ms");
        }
        if (answerWithin.toMillis() < 1) {
            problems.add("answerWithin is " + answerWithin + ": it must be at least 1 ms");
        }
        if (maxFrame < 1) {
            problems.add("maxFrame is " + maxFrame + ": it must be at least 1");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }
}
