package org.knockon.feeds.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.knockon.server.tls.PemFiles;

/**
 * The port of an HL7 feed.
 *
 * @param port 0 for any free port
 * @param clientCa authorities that vouch for senders; without it a sender needs no certificate
 * @param insecure whether others may send without a certificate
 * @param answerWithin the connection is reset if there is no answer by then
 * @param idle a connection without a message for so long is closed
 * @param maxFrame longest message in bytes
 */
public record MllpSettings(
        String bind,
        int port,
        Optional<PemFiles> tls,
        Optional<Path> clientCa,
        boolean insecure,
        Duration answerWithin,
        int maxConnections,
        Duration idle,
        int maxFrame) {}
