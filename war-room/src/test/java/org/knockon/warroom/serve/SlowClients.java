package org.knockon.warroom.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Connections that send one byte at a time: half of them within the first TLS message, half within a request after a
 * complete handshake. A closed one reconnects.
 */
final class SlowClients implements AutoCloseable {

    /** Start of the first TLS message: a record of 512 bytes with a ClientHello. */
    private static final byte[] HELLO = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3};

    private static final int THREADS = 8;
    private static final byte[] REQUEST = "GET /wall HTTP/1.1\r\nHost: localhost\r\nX-Slow: ".getBytes(UTF_8);

    private final int port;
    private final SSLContext context;
    private final InetAddress from;
    private final List<SlowClient> all = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private volatile boolean closed;

    /** @param context null for plain HTTP */
    SlowClients(int port, SSLContext context, String from) throws IOException {
        this.port = port;
        this.context = context;
        this.from = InetAddress.getByName(from);
    }

    /** Returns when all are connected, and keeps them sending. */
    void connect(int number, long betweenBytesMillis) throws Exception {
        List<java.util.concurrent.Future<?>> connecting = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            SlowClient client = new SlowClient(context != null && i % 2 == 0);
            all.add(client);
            connecting.add(threads.submit(client::send));
        }
        for (java.util.concurrent.Future<?> each : connecting) {
            each.get(60, TimeUnit.SECONDS);
        }
        for (int thread = 0; thread < THREADS; thread++) {
            int first = thread;
            threads.submit(() -> {
                while (!closed) {
                    for (int i = first; i < all.size(); i += THREADS) {
                        all.get(i).send();
                    }
                    Thread.sleep(betweenBytesMillis);
                }
                return null;
            });
        }
    }

    /** Number of connections that the server closed. */
    int closedConnections() {
        return all.stream().mapToInt(each -> each.closedConnections.get()).sum();
    }

    @Override
    public void close() {
        disconnectAll();
    }

    void disconnectAll() {
        closed = true;
        threads.shutdownNow();
        all.forEach(SlowClient::disconnect);
    }

    private final class SlowClient {
        private final boolean inHandshake;
        private Socket socket;
        private int sent;
        private final AtomicInteger closedConnections = new AtomicInteger();

        private SlowClient(boolean inHandshake) {
            this.inHandshake = inHandshake;
        }

        /** Sends one byte, on a new connection if there is none. */
        private synchronized void send() {
            if (closed) {
                return;
            }
            try {
                if (socket == null) {
                    socket = connected();
                    sent = 0;
                }
                byte[] text = inHandshake ? HELLO : REQUEST;
                socket.getOutputStream().write(sent < text.length ? text[sent] : 'x');
                socket.getOutputStream().flush();
                sent++;
            } catch (IOException e) {
                closedConnections.incrementAndGet();
                disconnect();
                socket = null;
            }
        }

        private Socket connected() throws IOException {
            Socket plain = new Socket(InetAddress.getByName("127.0.0.1"), port, from, 0);
            plain.setSoTimeout(5_000);
            if (inHandshake || context == null) {
                return plain;
            }
            SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(plain, "127.0.0.1", port, true);
            tls.startHandshake();
            return tls;
        }

        private void disconnect() {
            if (socket != null) {
                try {
                    socket.close();
                } catch (IOException alreadyGone) {
                    socket = null;
                }
            }
        }
    }
}
