package org.knockon.warroom.door;

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
import org.knockon.warroom.health.OwnThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps connections that say nothing, or as good as nothing, from shutting others out. A connection that takes longer than {@link Guest} allows is
 * put out; where there is no place, a newcomer takes that of the one who has been silent for longest, of the same address first. So a
 * newcomer is always let in, unless its address has all its places in use by requests that are being answered. Beside streams only so
 * many requests are answered at once that a thread is left for {@code /health/}.
 */
public final class Door extends EventsHandler implements Connection.Listener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    private static final long LOOK_MILLIS = 500;
    private static final String HEALTH = "/health/";
    private static final String BUSY = Door.class.getName() + ".busy";

    private final DoorLimits limits;
    private final Predicate<String> isStream;
    private final Semaphore answers;
    private final Map<EndPoint, Guest> guests = new HashMap<>();
    private final Thread thread;
    private volatile boolean closed;

    /** @param isStream whether a path is answered for as long as the client stays */
    public Door(DoorLimits limits, Predicate<String> isStream, OwnThreads threads) {
        this.limits = limits;
        this.isStream = isStream;
        answers = new Semaphore(limits.answers());
        thread = threads.thread("door", this::watch);
    }

    /** From now on connections that take too long are closed. */
    public Door watching() {
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
        Optional<Guest> leaves;
        synchronized (guests) {
            leaves = guests.containsKey(endPoint) ? Optional.empty() : enter(endPoint, remote.getAddress());
        }
        leaves.ifPresent(Guest::close);
    }

    /** Who has to leave for it: the newcomer itself where nobody else can. */
    private Optional<Guest> enter(EndPoint endPoint, InetAddress address) {
        Guest newcomer = new Guest(endPoint, address);
        guests.put(endPoint, newcomer);
        long ofAddress = guests.values().stream().filter(sameAddress(address)).count();
        if (limits.ofOneAddress() > 0 && ofAddress > limits.ofOneAddress()) {
            return Optional.of(leaving(sameAddress(address), newcomer));
        }
        return guests.size() > limits.inAll() ? Optional.of(leaving(guest -> true, newcomer)) : Optional.empty();
    }

    private static Predicate<Guest> sameAddress(InetAddress address) {
        InetAddress block = AddressBlock.of(address);
        return guest -> guest.address().equals(block);
    }

    private Guest leaving(Predicate<Guest> among, Guest newcomer) {
        long now = System.nanoTime();
        Guest leaves = guests.values().stream()
                .filter(among)
                .filter(guest -> guest != newcomer && !guest.busy())
                .max(Comparator.comparing(Guest::unknown).thenComparing(guest -> guest.age(now)))
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
            with(request, Guest::bodyRead);
        }
    }

    @Override
    protected void onResponseWrite(Request request, boolean last, ByteBuffer content) {
        with(request, Guest::writes);
    }

    @Override
    protected void onResponseWriteComplete(Request request, boolean last, ByteBuffer content, Throwable failure) {
        with(request, Guest::written);
    }

    @Override
    protected void onComplete(Request request, int status, HttpFields headers, Throwable failure) {
        with(request, Guest::answered);
        if (request.removeAttribute(BUSY) != null) {
            answers.release();
        }
    }

    private void with(Request request, Consumer<Guest> change) {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        EndPoint network = endPoint instanceof SslConnection.SslEndPoint encrypted
                ? encrypted.getSslConnection().getEndPoint()
                : endPoint;
        synchronized (guests) {
            Guest guest = guests.get(network);
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
        List<Guest> overdue = new ArrayList<>();
        synchronized (guests) {
            guests.values().removeIf(guest -> guest.overdue(now) && overdue.add(guest));
        }
        overdue.forEach(Guest::close);
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
