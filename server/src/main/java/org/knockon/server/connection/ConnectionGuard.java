package org.knockon.server.connection;

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
import org.knockon.server.threads.SupervisedThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps idle and slow connections from shutting others out. A connection that exceeds the time limits of {@link
 * ClientConnection} is closed. If there are too many, a new connection replaces the one that has been idle for longest,
 * candidates those of the same address if that has too many. A new connection is therefore always accepted, unless all
 * others of its address are processing requests. The number of concurrent requests other than streams is limited so
 * that a thread is left for {@code /health/}.
 */
public final class ConnectionGuard extends EventsHandler implements Connection.Listener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionGuard.class);
    private static final long CHECK_MILLIS = 500;
    private static final String HEALTH = "/health/";
    private static final String COUNTED = ConnectionGuard.class.getName() + ".counted";

    private final ConnectionLimits limits;
    private final Predicate<String> isStream;
    private final Semaphore requests;
    private final Map<EndPoint, ClientConnection> connections = new HashMap<>();
    private final Thread thread;
    private volatile boolean closed;

    /** @param isStream whether a path is a stream, which lasts until the client removed */
    public ConnectionGuard(ConnectionLimits limits, Predicate<String> isStream, SupervisedThreads threads) {
        this.limits = limits;
        this.isStream = isStream;
        requests = new Semaphore(limits.requests());
        thread = threads.thread("connections", this::watch);
    }

    /** Starts closing connections that take too long. */
    public ConnectionGuard startWatching() {
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
        Optional<ClientConnection> replaced;
        synchronized (connections) {
            replaced = connections.containsKey(endPoint) ? Optional.empty() : add(endPoint, remote.getAddress());
        }
        replaced.ifPresent(ClientConnection::close);
    }

    /** Returns the connection to close for the new one: the new one itself if no other can be closed. */
    private Optional<ClientConnection> add(EndPoint endPoint, InetAddress address) {
        ClientConnection added = new ClientConnection(endPoint, address);
        connections.put(endPoint, added);
        long ofAddress =
                connections.values().stream().filter(sameAddress(address)).count();
        if (limits.perAddress() > 0 && ofAddress > limits.perAddress()) {
            return Optional.of(remove(sameAddress(address), added));
        }
        return connections.size() > limits.connections()
                ? Optional.of(remove(client -> true, added))
                : Optional.empty();
    }

    private static Predicate<ClientConnection> sameAddress(InetAddress address) {
        InetAddress block = AddressBlock.of(address);
        return client -> client.address().equals(block);
    }

    private ClientConnection remove(Predicate<ClientConnection> candidates, ClientConnection added) {
        long now = System.nanoTime();
        ClientConnection removed = connections.values().stream()
                .filter(candidates)
                .filter(client -> client != added && !client.busy())
                .max(Comparator.comparing(ClientConnection::withoutRequest).thenComparing(client -> client.age(now)))
                .orElse(added);
        connections.values().remove(removed);
        return removed;
    }

    @Override
    public void onClosed(Connection connection) {
        synchronized (connections) {
            connections.remove(connection.getEndPoint());
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = Request.getPathInContext(request);
        if (path.startsWith(HEALTH) || isStream.test(path)) {
            return super.handle(request, response, callback);
        }
        if (!requests.tryAcquire()) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "5");
            Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
            return true;
        }
        request.setAttribute(COUNTED, true);
        return super.handle(request, response, callback);
    }

    @Override
    protected void onBeforeHandling(Request request) {
        boolean hasBody = request.getLength() > 0
                || (request.getLength() < 0 && request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING));
        with(request, client -> client.requestStarted(hasBody, isStream.test(Request.getPathInContext(request))));
    }

    @Override
    protected void onRequestRead(Request request, Content.Chunk chunk) {
        if (chunk != null && chunk.isLast()) {
            with(request, ClientConnection::bodyRead);
        }
    }

    @Override
    protected void onResponseWrite(Request request, boolean last, ByteBuffer content) {
        with(request, ClientConnection::writeStarted);
    }

    @Override
    protected void onResponseWriteComplete(Request request, boolean last, ByteBuffer content, Throwable failure) {
        with(request, ClientConnection::writeEnded);
    }

    @Override
    protected void onComplete(Request request, int status, HttpFields headers, Throwable failure) {
        with(request, ClientConnection::requestEnded);
        if (request.removeAttribute(COUNTED) != null) {
            requests.release();
        }
    }

    private void with(Request request, Consumer<ClientConnection> change) {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        EndPoint network = endPoint instanceof SslConnection.SslEndPoint encrypted
                ? encrypted.getSslConnection().getEndPoint()
                : endPoint;
        synchronized (connections) {
            ClientConnection client = connections.get(network);
            if (client != null) {
                change.accept(client);
            }
        }
    }

    private void watch() {
        try {
            while (!closed) {
                Thread.sleep(CHECK_MILLIS);
                closeOverdue();
            }
        } catch (InterruptedException closing) {
            LOG.debug("stopped watching");
        }
    }

    private void closeOverdue() {
        long now = System.nanoTime();
        List<ClientConnection> overdue = new ArrayList<>();
        synchronized (connections) {
            connections.values().removeIf(client -> client.overdue(now) && overdue.add(client));
        }
        overdue.forEach(ClientConnection::close);
        if (!overdue.isEmpty()) {
            LOG.debug("closed {} connections that took too long", overdue.size());
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
