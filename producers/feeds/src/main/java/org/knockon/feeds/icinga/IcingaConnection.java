package org.knockon.feeds.icinga;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.knockon.feeds.message.RefusalReason;
import org.knockon.feeds.monitor.IcingaMapper;
import org.knockon.feeds.monitor.IcingaMapper.ObjectKind;
import org.knockon.feeds.monitor.MonitorContext;
import org.knockon.feeds.monitor.MonitorResult;
import org.knockon.feeds.monitor.MonitorState;
import org.knockon.feeds.probe.Failures;
import org.knockon.feeds.receive.MonitorReceiver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection of one feed to Icinga 2: subscribes to check results, then reads all objects once, because the stream
 * repeats nothing, then the stream. When it ends, or is silent for two minutes, all of that again.
 */
public final class IcingaConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IcingaConnection.class);
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);
    private static final long SHORTEST_WAIT = 1_000;
    private static final long LONGEST_WAIT = 30_000;
    private static final long LASTED_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long CLOSING = 2_000;
    private static final int BUFFER = 64 * 1024;
    /** With the buffer, what waits to be published is 4 MiB at most. */
    private static final int MOST_PIECES = 64;

    private final String feed;
    private final IcingaApi api;
    private final IcingaMapper mapper;
    private final MonitorReceiver receiver;
    private final InstantSource clock;
    private final Duration longestSilence;
    private final Semaphore pieces = new Semaphore(MOST_PIECES);
    private final AtomicReference<InputStream> stream = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean connected;
    private volatile long lastByte;
    private String lastProblem = "";

    public IcingaConnection(
            String feed, IcingaApi api, IcingaMapper mapper, MonitorReceiver receiver, InstantSource clock) {
        this(feed, api, mapper, receiver, clock, LONGEST_SILENCE);
    }

    IcingaConnection(
            String feed,
            IcingaApi api,
            IcingaMapper mapper,
            MonitorReceiver receiver,
            InstantSource clock,
            Duration longestSilence) {
        this.feed = feed;
        this.api = api;
        this.mapper = mapper;
        this.receiver = receiver;
        this.clock = clock;
        this.longestSilence = longestSilence;
        this.thread = new Thread(this::run, "knockon-icinga-" + feed);
        thread.setDaemon(true);
    }

    public IcingaConnection start() {
        thread.start();
        return this;
    }

    /** 1 while it reads the stream, else 0. */
    public int connections() {
        return connected ? 1 : 0;
    }

    /** Ends a stream that says nothing, as one does whose other end has vanished; to be called now and then. */
    public void endSilence() {
        InputStream open = stream.get();
        if (open != null && System.nanoTime() - lastByte > longestSilence.toNanos()) {
            end(open);
        }
    }

    private void run() {
        long wait = SHORTEST_WAIT;
        while (!closed) {
            long begin = System.nanoTime();
            try {
                receive();
                problem("the stream ended");
            } catch (InterruptedException e) {
                return;
            } catch (IcingaStatusException e) {
                problem(e.getMessage());
            } catch (IOException e) {
                problem(Failures.look(e).detail());
            } catch (RuntimeException e) {
                // Not its message, which may quote what was received.
                problem(e.getClass().getName());
            }
            wait = System.nanoTime() - begin > LASTED_NANOS ? SHORTEST_WAIT : Math.min(LONGEST_WAIT, 2 * wait);
            if (closed || !pause(wait)) {
                return;
            }
        }
    }

    private static boolean pause(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private void receive() throws IOException, InterruptedException {
        try (InputStream in = api.events()) {
            lastByte = System.nanoTime();
            for (ObjectKind kind : ObjectKind.values()) {
                objects(kind);
            }
            lastByte = System.nanoTime();
            stream.set(in);
            connected = true;
            LOG.info("feed {}: connected to Icinga", feed);
            lastProblem = "";
            lines(in);
        } finally {
            connected = false;
            stream.set(null);
        }
    }

    private void objects(ObjectKind kind) throws IOException, InterruptedException {
        byte[] list;
        try {
            list = api.objects(kind);
        } catch (ListTooLargeException e) {
            // The stream is of use without it.
            LOG.warn("feed {}: {}; what happened before now is not known", feed, e.getMessage());
            receiver.refuse(RefusalReason.TOO_LARGE, "", IcingaMapper.LARGEST_LIST, clock.millis());
            return;
        }
        take(list, (state, context) -> mapper.objects(kind, list, state, context));
    }

    private void lines(InputStream in) throws IOException, InterruptedException {
        StreamedLines lines = new StreamedLines(
                IcingaMapper.LARGEST_LINE,
                bytes -> receiver.refuse(RefusalReason.TOO_LARGE, "", bytes, clock.millis()));
        byte[] buffer = new byte[BUFFER];
        for (int length = in.read(buffer); length >= 0 && !closed; length = in.read(buffer)) {
            lastByte = System.nanoTime();
            byte[] piece = lines.add(buffer, length);
            if (piece.length > 0) {
                take(piece, (state, context) -> mapper.lines(piece, state, context));
            }
            // Publishing may have taken longer than a stream may be silent.
            lastByte = System.nanoTime();
        }
    }

    private void take(byte[] bytes, BiFunction<MonitorState, MonitorContext, MonitorResult> map)
            throws InterruptedException {
        pieces.acquire();
        receiver.take(bytes, map, clock.millis()).whenComplete((done, failure) -> {
            pieces.release();
            if (failure != null) {
                LOG.error(
                        "feed {}: what Icinga said could not be used: {}",
                        feed,
                        failure.getClass().getName());
            }
        });
    }

    private void problem(String problem) {
        if (!closed && !problem.equals(lastProblem)) {
            lastProblem = problem;
            LOG.warn("feed {}: no connection to Icinga: {}; tries again", feed, problem);
        }
    }

    private static void end(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            LOG.debug("closing a stream failed: {}", e.toString());
        }
    }

    @Override
    public void close() {
        closed = true;
        InputStream open = stream.get();
        if (open != null) {
            end(open);
        }
        thread.interrupt();
        try {
            thread.join(CLOSING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
