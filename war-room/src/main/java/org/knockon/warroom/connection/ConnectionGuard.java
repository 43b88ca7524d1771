package org.knockon.warroom.connection;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.EventsHandler;
import org.eclipse.jetty.util.Callback;
import org.knockon.warroom.health.SupervisedThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps connections that say nothing, or as good as nothing, from shutting others out. A connection that takes longer than {@link ClientConnection} allows is
 * put out; where there is no place, a newcomer takes that of the one who has been silent for longest, of the same address first. So a
 * newcomer is always let in, unless its address has all its places in use by requests that are being answered. Beside streams only so
 * many requests are answered at once that a thread is left for {@code /health/}.
 */
public final class ConnectionGuard extends EventsHandler implements Connection.Listener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionGuard.class);
    private static final long LOOK_MILLIS = 500;
    private static final String HEALTH = "/health/";
    private static final String BUSY = ConnectionGuard.class.getName() + ".busy";

    private final ConnectionLimits limits;
    private final Predicate<String> isStream;
    private final Semaphore answers;
    private final Map<EndPoint, ClientConnection> guests = new HashMap<>();
    private final Thread thread;
    private volatile boolean closed;

    /** @param isStream whether a path is answered for as long as the client stays */
    public ConnectionGuard(ConnectionLimits limits, Predicate<String> isStream, SupervisedThreads threads) {
        this.limits = limits;
        this.isStream = isStream;
        answers = new Semaphore(limits.answers());
        thread = threads.thread("door", this::watch);
    }

    /** From now on connections that take too long are closed. */
    public ConnectionGuard watching() {
        thread.start();
        return this;
    }

    @Override
    public void onOpened(Connection connection) {
        EndPoint endPoint = connection.getEndPoint();
        if (endPoint instanceof SslConnection.SslEndPoint
                || !(endPoint.getRemoteSocketAddress() instanceof InetSocketAddress remote)) {
            return;
        }
        Optional<ClientConnection> leaves;
        synchronized (guests) {
            leaves = guests.containsKey(endPoint) ? Optional.empty() : enter(endPoint, remote.getAddress());
        }
        leaves.ifPresent(ClientConnection::close);
    }

    /** Who has to leave for it: the newcomer itself where nobody else can. */
    private Optional<ClientConnection> enter(EndPoint endPoint, InetAddress address) {
        ClientConnection newcomer = new ClientConnection(endPoint, address);
        guests.put(endPoint, newcomer);
        long ofAddress = guests.values().stream().filter(sameAddress(address)).count();
        if (limits.ofOneAddress() > 0 && ofAddress > limits.ofOneAddress()) {
            return Optional.of(leaving(sameAddress(address), newcomer));
        }
        return guests.size() > limits.inAll() ? Optional.of(leaving(guest -> true, newcomer)) : Optional.empty();
    }

    private static Predicate<ClientConnection> sameAddress(InetAddress address) {
        return guest -> guest.address().equals(address);
    }

    private ClientConnection leaving(Predicate<ClientConnection> among, ClientConnection newcomer) {
        long now = System.nanoTime();
        ClientConnection leaves = guests.values().stream()
                .filter(among)
                .filter(guest -> guest != newcomer && !guest.busy())
                .max(Comparator.comparing(ClientConnection::unknown).thenComparing(guest -> guest.age(now)))
                .orElse(newcomer);
        guests.values().remove(leaves);
        return leaves;
    }

    @Override
    public void onClosed(Connection connection) {
        synchronized (guests) {
            guests.remove(connection.getEndPoint());
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = Request.getPathInContext(request);
        if (path.startsWith(HEALTH) || isStream.test(path)) {
            return super.handle(request, response, callback);
        }
        if (!answers.tryAcquire()) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "5");
            Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
            return true;
        }
        request.setAttribute(BUSY, true);
        return super.handle(request, response, callback);
    }

    @Override
    protected void onBeforeHandling(Request request) {
        boolean hasBody = request.getLength() > 0
                || (request.getLength() < 0 && request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING));
        with(request, guest -> guest.asks(hasBody, isStream.test(Request.getPathInContext(request))));
    }

    @Override
    protected void onRequestRead(Request request, Content.Chunk chunk) {
        if (chunk != null && chunk.isLast()) {
            with(request, ClientConnection::bodyRead);
        }
    }

    @Override
    protected void onResponseWrite(Request request, boolean last, ByteBuffer content) {
        with(request, ClientConnection::writes);
    }

    @Override
    protected void onResponseWriteComplete(Request request, boolean last, ByteBuffer content, Throwable failure) {
        with(request, ClientConnection::written);
    }

    @Override
    protected void onComplete(Request request, int status, HttpFields headers, Throwable failure) {
        with(request, ClientConnection::answered);
        if (request.removeAttribute(BUSY) != null) {
            answers.release();
        }
    }

    private void with(Request request, Consumer<ClientConnection> change) {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        EndPoint network = endPoint instanceof SslConnection.SslEndPoint encrypted
                ? encrypted.getSslConnection().getEndPoint()
                : endPoint;
        synchronized (guests) {
            ClientConnection guest = guests.get(network);
            if (guest != null) {
                change.accept(guest);
            }
        }
    }

    private void watch() {
        try {
            while (!closed) {
                Thread.sleep(LOOK_MILLIS);
                putOutTheOverdue();
            }
        } catch (InterruptedException closing) {
            LOG.debug("watched long enough");
        }
    }

    private void putOutTheOverdue() {
        long now = System.nanoTime();
        List<ClientConnection> overdue = new ArrayList<>();
        synchronized (guests) {
            guests.values().removeIf(guest -> guest.overdue(now) && overdue.add(guest));
        }
        overdue.forEach(ClientConnection::close);
        if (!overdue.isEmpty()) {
            LOG.debug("{} connections took too long", overdue.size());
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
