package org.knockon.feeds.mllp;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knockon.server.tls.PemFiles;

/**
 * Where and how a listener receives messages.
 *
 * @param name of the feed, in logs and names of threads
 * @param port 0 for any that is free
 * @param tls certificate of the listener; without it messages come in plain text
 * @param clientCa authorities that vouch for senders; without it a sender needs no certificate
 * @param insecure whether senders of other machines may do without TLS or a certificate
 * @param answerWithin from the last byte of a message to the last byte of its answer; then the connection is reset
 * @param maxConnections further ones are reset at once
 * @param idle how long a connection may be silent
 * @param maxFrame longest message, in bytes
 */
public record MllpSettings(
        String name,
        String bind,
        int port,
        Optional<PemFiles> tls,
        Optional<Path> clientCa,
        boolean insecure,
        Duration answerWithin,
        int maxConnections,
        Duration idle,
        int maxFrame) {

    /** The same on this port. */
    public MllpSettings onPort(int other) {
        return new MllpSettings(
                name, bind, other, tls, clientCa, insecure, answerWithin, maxConnections, idle, maxFrame);
    }

    public MllpSettings {
        List<String> problems = new ArrayList<>();
        if (port < 0 || port > 65_535) {
            problems.add("port is " + port + ": it must be from 0 to 65535");
        }
        if (clientCa.isPresent() && tls.isEmpty()) {
            problems.add("clientCa is given without tls");
        }
        if (answerWithin.toMillis() < 1) {
            problems.add("answerWithin is " + answerWithin + ": it must be at least 1 ms");
        }
        if (maxConnections < 1) {
            problems.add("maxConnections is " + maxConnections + ": it must be at least 1");
        }
        if (idle.toMillis() < 1) {
            problems.add("idle is " + idle + ": it must be at least 1 ms");
        }
        if (maxFrame < 1) {
            problems.add("maxFrame is " + maxFrame + ": it must be at least 1");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }
}
