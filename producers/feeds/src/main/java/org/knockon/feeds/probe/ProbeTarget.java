package org.knockon.feeds.probe;

import java.net.URI;

/** What to look at in order to judge one system. Targets come from the feeds file alone. */
public sealed interface ProbeTarget {

    String systemId();

    /** A page whose status lies in a range. */
    record Http(String systemId, URI address, int lowestStatus, int highestStatus) implements ProbeTarget {}

    /** A port that accepts connections. */
    record Tcp(String systemId, String host, int port) implements ProbeTarget {}

    /**
     * A port that shows a valid certificate.
     *
     * @param warnBefore how long before its expiry the system is DEGRADED, in milliseconds
     */
    record Tls(String systemId, String host, int port, long warnBefore) implements ProbeTarget {}
}
