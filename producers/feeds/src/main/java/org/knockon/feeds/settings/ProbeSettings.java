package org.knockon.feeds.settings;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Systems that we look at ourselves.
 *
 * @param every time between two looks at a system
 * @param monitor name of the monitor on observations
 */
public record ProbeSettings(FeedIdentity identity, Duration every, Duration timeout, List<Probe> probes, String monitor)
        implements FeedSettings {

    public ProbeSettings {
        probes = List.copyOf(probes);
    }

    /** One system and how to look at it. */
    public record Probe(String systemId, Target target) {}

    /** What a look connects to. */
    public sealed interface Target {}

    /** A request whose response has a status from {@code least} to {@code most}. */
    public record Http(URI url, int least, int most) implements Target {}

    /** A connection that opens. */
    public record Tcp(String host, int port) implements Target {}

    /**
     * A TLS handshake with a valid certificate.
     *
     * @param warnBefore how long before its end the certificate makes the system degraded
     */
    public record Tls(String host, int port, Duration warnBefore) implements Target {}
}
