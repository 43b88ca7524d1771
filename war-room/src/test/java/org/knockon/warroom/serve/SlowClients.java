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
 * Connections that send a byte now and then: half of them of the first TLS message, half of a request after a whole handshake. One
 * that is closed connects again.
 */
final class SlowClients implements AutoCloseable {

    /** How the first message of TLS begins: a record of 512 bytes that holds a hello. */
    private static final byte[] HELLO = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3};

    private static final int THREADS = 8;
    private static final byte[] REQUEST = "GET /wall HTTP/1.1\r\nHost: localhost\r\nX-Slow: ".getBytes(UTF_8);

    private final int port;
    private final SSLContext context;
    private final InetAddress from;
    private final List<Dribbler> all = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private volatile boolean closed;

    /** @param context null for plain HTTP */
    SlowClients(int port, SSLContext context, String from) throws IOException {
        this.port = port;
        this.context = context;
        this.from = InetAddress.getByName(from);
    }

    /** Returns when all of them have a connection, and keeps them at it. */
    void come(int number, long betweenBytesMillis) throws Exception {
        List<java.util.concurrent.Future<?>> coming = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            Dribbler dribbler = new Dribbler(context != null && i % 2 == 0);
            all.add(dribbler);
            coming.add(threads.submit(dribbler::send));
        }
        for (java.util.concurrent.Future<?> each : coming) {
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

    /** How often one of them came again. */
    int putOut() {
        return all.stream().mapToInt(each -> each.putOut.get()).sum();
    }

    @Override
    public void close() {
        closed = true;
        threads.shutdownNow();
        all.forEach(Dribbler::hangUp);
    }

    private final class Dribbler {
        private final boolean inHandshake;
        private Socket socket;
        private int sent;
        private final AtomicInteger putOut = new AtomicInteger();

        private Dribbler(boolean inHandshake) {
            this.inHandshake = inHandshake;
        }

        /** One byte; a new connection where it has none. */
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
                putOut.incrementAndGet();
                hangUp();
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

        private void hangUp() {
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
