package org.knockon.warroom.connection;

import java.net.InetAddress;
import java.time.Duration;
import org.eclipse.jetty.io.EndPoint;

/** One connection, and what it may take how long for. Instants are of {@link System#nanoTime}. For one thread at a time. */
final class ClientConnection {

    /** From the first byte, or none, to the end of the first request's headers; the TLS handshake is part of it. */
    static final Duration FIRST_REQUEST = Duration.ofSeconds(10);
    /** From an answer to the end of the next request's headers. */
    static final Duration NEXT_REQUEST = Duration.ofSeconds(30);
    /** From the headers to the end of a body. */
    static final Duration BODY = Duration.ofSeconds(10);
    /** For one event of a stream to be taken. */
    static final Duration EVENT = Duration.ofSeconds(30);
    /** For anything but a stream to be answered, and the answer to be taken. */
    static final Duration ANSWER = Duration.ofMinutes(3);

    private final EndPoint endPoint;
    private final InetAddress address;
    private long since = System.nanoTime();
    private long writingSince;
    private boolean known;
    private boolean busy;
    private boolean stream;
    private boolean reading;
    private boolean writing;

    ClientConnection(EndPoint endPoint, InetAddress address) {
        this.endPoint = endPoint;
        this.address = address;
    }

    InetAddress address() {
        return address;
    }

    /** Nanoseconds since it last became what it is. */
    long age(long now) {
        return now - since;
    }

    /** Whether it has never sent the whole head of a request. */
    boolean unknown() {
        return !known;
    }

    /** Whether a request is being answered. */
    boolean busy() {
        return busy;
    }

    /** @param hasBody whether a body follows the head that has come */
    void asks(boolean hasBody, boolean forStream) {
        known = true;
        busy = true;
        reading = hasBody;
        stream = forStream;
        since = System.nanoTime();
    }

    void bodyRead() {
        reading = false;
    }

    void writes() {
        writing = true;
        writingSince = System.nanoTime();
    }

    void written() {
        writing = false;
    }

    void answered() {
        busy = false;
        reading = false;
        writing = false;
        since = System.nanoTime();
    }

    boolean overdue(long now) {
        if (!busy) {
            return longer(now - since, known ? NEXT_REQUEST : FIRST_REQUEST);
        }
        boolean body = reading && longer(now - since, BODY);
        return body || (stream ? writing && longer(now - writingSince, EVENT) : longer(now - since, ANSWER));
    }

    private static boolean longer(long nanos, Duration limit) {
        return nanos > limit.toNanos();
    }

    void close() {
        endPoint.close();
    }
}
