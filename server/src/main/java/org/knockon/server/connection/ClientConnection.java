package org.knockon.server.connection;

import java.net.InetAddress;
import java.time.Duration;
import org.eclipse.jetty.io.EndPoint;

/** One connection with its time limits. Instants are those of {@link System#nanoTime}. Not thread-safe. */
final class ClientConnection {

    /** From opening the connection to the end of the first request's headers, including the TLS handshake. */
    static final Duration FIRST_REQUEST = Duration.ofSeconds(10);
    /** From a response to the end of the next request's headers. */
    static final Duration NEXT_REQUEST = Duration.ofSeconds(30);
    /** From the end of the headers to the end of the body. */
    static final Duration BODY = Duration.ofSeconds(10);
    /** For the client to accept one event of a stream. */
    static final Duration EVENT = Duration.ofSeconds(30);
    /** To process any request except a stream, and for the client to accept the response. */
    static final Duration RESPONSE = Duration.ofMinutes(3);

    private final EndPoint endPoint;
    private final InetAddress address;
    private long since = System.nanoTime();
    private long writingSince;
    private boolean hasSentRequest;
    private boolean busy;
    private boolean stream;
    private boolean reading;
    private boolean writing;

    ClientConnection(EndPoint endPoint, InetAddress address) {
        this.endPoint = endPoint;
        this.address = AddressBlock.of(address);
    }

    /** The first of its {@linkplain AddressBlock block}. */
    InetAddress address() {
        return address;
    }

    /** Nanoseconds since the last change of state. */
    long age(long now) {
        return now - since;
    }

    /** Whether it has never sent the complete headers of a request. */
    boolean withoutRequest() {
        return !hasSentRequest;
    }

    /** Whether a request is being processed. */
    boolean busy() {
        return busy;
    }

    /** @param hasBody whether a body follows the headers */
    void requestStarted(boolean hasBody, boolean forStream) {
        hasSentRequest = true;
        busy = true;
        reading = hasBody;
        stream = forStream;
        since = System.nanoTime();
    }

    void bodyRead() {
        reading = false;
    }

    void writeStarted() {
        writing = true;
        writingSince = System.nanoTime();
    }

    void writeEnded() {
        writing = false;
    }

    void requestEnded() {
        busy = false;
        reading = false;
        writing = false;
        since = System.nanoTime();
    }

    boolean overdue(long now) {
        if (!busy) {
            return longer(now - since, hasSentRequest ? NEXT_REQUEST : FIRST_REQUEST);
        }
        boolean body = reading && longer(now - since, BODY);
        return body || (stream ? writing && longer(now - writingSince, EVENT) : longer(now - since, RESPONSE));
    }

    private static boolean longer(long nanos, Duration limit) {
        return nanos > limit.toNanos();
    }

    void close() {
        endPoint.close();
    }
}
