package org.knockon.schemas.network;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;

/**
 * One address of {@code bootstrap.servers}. {@link #probe} finds out what listens there with a few bytes over a plain
 * socket. A Kafka client without TLS would take the alert of a TLS server for a response of 336 MB and reserve that
 * much memory (KAFKA-4090).
 *
 * @param name {@code HOST:PORT} as the user wrote it
 */
public record BrokerPort(String name, InetSocketAddress address) {

    /** What listens on a port. */
    public enum Listener {
        /** A Kafka broker without TLS. */
        KAFKA,
        /** A server with TLS. */
        TLS,
        /** Some other server, such as a web server. */
        OTHER,
        /** It closed the connection without a response, as a broker does that starts or stops. */
        CLOSED,
        /** It accepted the connection, but did not respond in time. */
        SILENT,
        /** There was no connection. */
        UNREACHABLE;

        /** Whether a connection was accepted. */
        public boolean reached() {
            return this != UNREACHABLE;
        }
    }

    private static final int CORRELATION_ID = 0x6b6e6f63;
    private static final int LENGTH_AND_CORRELATION_ID = 8;

    /** Content types of a TLS record: alert and handshake. Its next byte is the major version, 3. */
    private static final List<Integer> TLS_RECORDS = List.of(0x15, 0x16);

    private static final int TLS_VERSION = 3;

    /**
     * The addresses that a setting names: every address of each host that can be resolved.
     *
     * @param bootstrapServers text or a list; entries that are not {@code HOST:PORT} are ignored, because Kafka's clients report them
     */
    public static List<BrokerPort> of(Object bootstrapServers) {
        Stream<?> entries = bootstrapServers instanceof Collection<?> list
                ? list.stream()
                : Stream.of(String.valueOf(bootstrapServers).split(","));
        List<BrokerPort> ports = new ArrayList<>();
        entries.map(entry -> entry.toString().strip()).forEach(entry -> {
            String host = Utils.getHost(entry);
            Integer port = Utils.getPort(entry);
            if (host != null && port != null) {
                resolve(host)
                        .forEach(address -> ports.add(new BrokerPort(entry, new InetSocketAddress(address, port))));
            }
        });
        return ports;
    }

    private static List<InetAddress> resolve(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    /** Whether the port accepts a connection. Sends nothing. */
    public boolean accepts(Duration atMost) {
        try (Socket socket = new Socket(Proxy.NO_PROXY)) {
            socket.connect(address, millis(atMost));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Sends Kafka's request for the supported versions, which needs no log-in, and looks at the first bytes of the response. */
    public Listener probe(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try (Socket socket = new Socket(Proxy.NO_PROXY)) {
            try {
                socket.connect(address, millis(atMost));
            } catch (IOException e) {
                return Listener.UNREACHABLE;
            }
            return listener(socket, deadline);
        } catch (SocketTimeoutException e) {
            return Listener.SILENT;
        } catch (IOException e) {
            return Listener.CLOSED;
        }
    }

    private static Listener listener(Socket socket, long deadline) throws IOException {
        socket.getOutputStream().write(versionsRequest());
        InputStream in = socket.getInputStream();
        ByteBuffer response = ByteBuffer.allocate(LENGTH_AND_CORRELATION_ID);
        while (response.hasRemaining()) {
            socket.setSoTimeout(millis(Duration.ofNanos(deadline - System.nanoTime())));
            int next = in.read();
            if (next < 0) {
                break;
            }
            response.put((byte) next);
            if (isTls(response)) {
                return Listener.TLS;
            }
        }
        if (response.position() == 0) {
            return Listener.CLOSED;
        }
        boolean kafka = !response.hasRemaining() && response.getInt(Integer.BYTES) == CORRELATION_ID;
        return kafka ? Listener.KAFKA : Listener.OTHER;
    }

    private static boolean isTls(ByteBuffer response) {
        return response.position() >= 2
                && TLS_RECORDS.contains((int) response.get(0))
                && response.get(1) == TLS_VERSION;
    }

    /** ApiVersions in version 0, which every broker answers: length, api key, version, correlation id, no client id. */
    private static byte[] versionsRequest() {
        int length = 2 * Short.BYTES + Integer.BYTES + Short.BYTES;
        return ByteBuffer.allocate(Integer.BYTES + length)
                .putInt(length)
                .putShort((short) 18)
                .putShort((short) 0)
                .putInt(CORRELATION_ID)
                .putShort((short) -1)
                .array();
    }

    /** At least 1: for a socket, 0 means no limit. */
    private static int millis(Duration duration) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, duration.toMillis()));
    }
}
