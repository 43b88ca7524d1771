package org.knockon.warroom.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.knockon.server.threads.SupervisedThreads;
import org.knockon.warroom.WarRoomSettings;
import org.knockon.warroom.access.Caller;
import org.knockon.warroom.board.BoardView;
import org.knockon.warroom.board.Timeline;
import org.knockon.warroom.feed.BoardSource;
import org.knockon.warroom.feed.PipelineStatus;
import org.knockon.warroom.replay.ReplayControl;
import org.knockon.warroom.replay.ReplayState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates a state when the board has changed and a tick every second, and passes both to every open stream. */
final class Publisher implements AutoCloseable {

    /** Maximum number of open streams: each needs a thread. */
    static final int MAX_STREAMS = 256;
    /** Maximum number of open streams of one user or token: enough for a few screens. */
    static final int MAX_PER_CALLER = 12;

    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
    private static final long CHECK_MILLIS = 250;
    private static final long TICK_MILLIS = 1_000;
    private static final long STUCK_MILLIS = 15_000;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final BoardSource source;
    private final WarRoomSettings settings;
    private final LongSupplier wallClock;
    private final String build;
    private final Optional<ReplayControl> control;
    private final Predicate<Caller> stillValid;
    private final String epoch;
    private final ObjectMapper json = new ObjectMapper();
    private final Set<StreamClient> streams = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    /** Number of the newest state. */
    private long number;

    private String lastProblem = "";
    /** Time of the last round without a problem, milliseconds of {@link System#nanoTime}; set by the publisher's thread. */
    private volatile long lastRound = System.nanoTime() / 1_000_000;

    private volatile Current current;
    private volatile boolean closed;

    /**
     * A state in the form in which it is sent.
     *
     * @param id of the event on the stream: epoch and number
     * @param etag of the content
     * @param unreadable number of records that could not be decoded until then
     */
    record Current(String id, String json, String etag, long unreadable, BoardView board) {}

    /**
     * Everything the page needs.
     *
     * @param build changes when the page's own files change
     * @param ready false while the topics are being read for the first time; then there is no board
     * @param exercise null if events are live
     * @param unreadable number of records that could not be decoded
     */
    record State(String build, boolean ready, String exercise, String prefix, long unreadable, BoardView board) {}

    /**
     * @param eventTime null before the first event
     * @param replay null if this war room controls no replay
     * @param trouble why the board is not updated; null while it is
     * @param liveOutages during an exercise: root causes of real outages, open or recently ended; null until known
     */
    record Tick(
            long serverTime,
            Long eventTime,
            boolean ready,
            PipelineStatus pipeline,
            BoardSource.Trouble trouble,
            ReplayState replay,
            List<Timeline.Band> liveOutages) {}

    /** @param stillValid whether a caller's access has not changed since the stream was opened */
    Publisher(
            BoardSource source,
            WarRoomSettings settings,
            LongSupplier wallClock,
            String build,
            Optional<ReplayControl> control,
            Predicate<Caller> stillValid,
            SupervisedThreads threads) {
        thread = threads.thread("publisher", this::publish);
        this.source = source;
        this.settings = settings;
        this.wallClock = wallClock;
        this.build = build;
        this.control = control;
        this.stillValid = stillValid;
        epoch = Long.toString(wallClock.getAsLong(), Character.MAX_RADIX);
        current = make(0, null);
        thread.start();
    }

    Current current() {
        return current;
    }

    /** A state from history. */
    Current at(long instant) {
        return current("at-" + instant, source.unreadable(), source.viewAt(instant));
    }

    Optional<Long> now() {
        return source.now();
    }

    boolean ready() {
        return source.caughtUp();
    }

    /** Whether no state could be created for so long that screens show an old one. */
    boolean stuck() {
        return System.nanoTime() / 1_000_000 - lastRound > STUCK_MILLIS;
    }

    Optional<BoardSource.Trouble> trouble() {
        return source.trouble();
    }

    PipelineStatus pipeline() {
        return source.pipeline();
    }

    boolean full() {
        return streams.size() >= MAX_STREAMS;
    }

    /** Whether an authenticated caller has as many streams as allowed. */
    boolean full(Caller caller) {
        return caller.authenticated()
                && streams.stream()
                                .filter(stream -> stream.caller().credential().equals(caller.credential()))
                                .count()
                        >= MAX_PER_CALLER;
    }

    /**
     * Writes to the client until it disconnects, its access ends or this publisher is closed.
     *
     * @param lastEventId id of the state that the client already has; null if none
     */
    void stream(OutputStream out, String lastEventId, Caller caller) {
        StreamClient client = new StreamClient(caller);
        streams.add(client);
        try {
            if (closed) {
                return;
            }
            Current now = current;
            if (!now.id().equals(lastEventId)) {
                client.offerState(new StreamClient.Message("snapshot", now.json(), now.id()));
            }
            client.offerTick(tick());
            client.write(out);
        } finally {
            streams.remove(client);
        }
    }

    private void publish() {
        long ticked = Long.MIN_VALUE / 2;
        try {
            while (!closed) {
                long now = System.nanoTime() / 1_000_000;
                boolean tickDue = now - ticked >= TICK_MILLIS;
                ticked = tickDue ? now : ticked;
                try {
                    publishOnce(tickDue);
                    lastProblem = "";
                    lastRound = now;
                } catch (RuntimeException e) {
                    report(e);
                }
                Thread.sleep(CHECK_MILLIS);
            }
        } catch (InterruptedException closing) {
            LOG.debug("stopped publishing");
        }
    }

    /**
     * The state comes before the tick: if it cannot be created, a page that still received ticks would treat the old
     * state as current.
     */
    private void publishOnce(boolean tickDue) {
        if (tickDue) {
            streams.stream()
                    .filter(stream -> !stillValid.test(stream.caller()))
                    .forEach(stream -> stream.end(StreamClient.Why.ACCESS));
        }
        Current made = make(number + 1, current);
        if (made != current) {
            number++;
            current = made;
            StreamClient.Message message = new StreamClient.Message("snapshot", made.json(), made.id());
            streams.forEach(stream -> stream.offerState(message));
        }
        if (tickDue) {
            StreamClient.Message tick = tick();
            streams.forEach(stream -> stream.offerTick(tick));
        }
    }

    /** Logs a problem once, not four times a second while it lasts. */
    private void report(RuntimeException fault) {
        if (!fault.toString().equals(lastProblem)) {
            LOG.error("could not publish the state of the wall, will retry", fault);
            lastProblem = fault.toString();
        }
    }

    /** Returns the previous state if nothing but the time has changed. */
    private Current make(long number, Current before) {
        Optional<Long> now = source.caughtUp() ? source.now() : Optional.empty();
        BoardView board = now.map(source::view).orElse(null);
        long unreadable = source.unreadable();
        if (before != null && before.unreadable() == unreadable && sameButForTime(before.board(), board)) {
            return before;
        }
        return current(epoch + "-" + number, unreadable, board);
    }

    private static boolean sameButForTime(BoardView before, BoardView now) {
        return before == null || now == null ? before == now : before.withNow(0).equals(now.withNow(0));
    }

    private Current current(String id, long unreadable, BoardView board) {
        String text = write(new State(
                build, board != null, settings.exercise().orElse(null), settings.prefix(), unreadable, board));
        return new Current(id, text, '"' + StaticFiles.hash(text.getBytes(UTF_8)) + '"', unreadable, board);
    }

    private StreamClient.Message tick() {
        Tick tick = new Tick(
                wallClock.getAsLong(),
                source.now().orElse(null),
                source.caughtUp(),
                source.pipeline(),
                source.trouble().orElse(null),
                control.map(ReplayControl::state).orElse(null),
                source.liveOutages().orElse(null));
        return new StreamClient.Message("tick", write(tick), null);
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of numbers and texts can always be written as JSON", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        Set<StreamClient> open = Set.copyOf(streams);
        open.forEach(stream -> stream.end(StreamClient.Why.STOPPING));
        long deadline = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
        try {
            for (StreamClient stream : open) {
                stream.awaitEnd(deadline - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
