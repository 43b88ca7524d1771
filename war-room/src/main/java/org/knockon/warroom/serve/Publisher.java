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
import org.knockon.warroom.WarRoomSettings;
import org.knockon.warroom.access.Caller;
import org.knockon.warroom.board.BoardView;
import org.knockon.warroom.board.Timeline;
import org.knockon.warroom.feed.BoardSource;
import org.knockon.warroom.feed.PipelineStatus;
import org.knockon.warroom.health.SupervisedThreads;
import org.knockon.warroom.replay.ReplayControl;
import org.knockon.warroom.replay.ReplayState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the state when the board has changed, a tick each second, and hands both to every open stream. */
final class Publisher implements AutoCloseable {

    /** Streams that may be open at once: each costs a thread. */
    static final int MOST_STREAMS = 256;
    /** Those of one user or token: a few screens with a browser each. */
    static final int MOST_OF_ONE = 12;

    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
    private static final long LOOK_MILLIS = 250;
    private static final long TICK_MILLIS = 1_000;
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final BoardSource source;
    private final WarRoomSettings settings;
    private final LongSupplier wallClock;
    private final String build;
    private final Optional<ReplayControl> control;
    private final Predicate<Caller> still;
    private final String epoch;
    private final ObjectMapper json = new ObjectMapper();
    private final Set<StreamClient> streams = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    /** Of the newest state. */
    private long number;

    private String complaint = "";
    private volatile Current current;
    private volatile boolean closed;

    /**
     * A state as it is sent.
     *
     * @param id of the event on the stream: epoch and number
     * @param etag of the board, so that a number that is the same is not sent again
     * @param unreadable records that could not be decoded by then
     */
    record Current(String id, String json, String etag, long unreadable, BoardView board) {}

    /**
     * The whole of what the page needs.
     *
     * @param build changes when the page's own files do
     * @param ready false while the topics are being read for the first time; then there is no board
     * @param exercise null where events are live
     * @param unreadable records that could not be decoded
     */
    record State(String build, boolean ready, String exercise, String prefix, long unreadable, BoardView board) {}

    /**
     * @param eventTime null before the first event
     * @param replay null where none can be controlled from here
     * @param trouble why the board stands still; null while it does not
     * @param liveOutages while an exercise is shown: root causes that are none, open or lately ended; null while not known
     */
    record Tick(
            long serverTime,
            Long eventTime,
            boolean ready,
            PipelineStatus pipeline,
            BoardSource.Trouble trouble,
            ReplayState replay,
            List<Timeline.Band> liveOutages) {}

    /** @param still whether a caller whose stream is open may still have it */
    Publisher(
            BoardSource source,
            WarRoomSettings settings,
            LongSupplier wallClock,
            String build,
            Optional<ReplayControl> control,
            Predicate<Caller> still,
            SupervisedThreads threads) {
        thread = threads.thread("publisher", this::publish);
        this.source = source;
        this.settings = settings;
        this.wallClock = wallClock;
        this.build = build;
        this.control = control;
        this.still = still;
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

    Optional<BoardSource.Trouble> trouble() {
        return source.trouble();
    }

    PipelineStatus pipeline() {
        return source.pipeline();
    }

    boolean full() {
        return streams.size() >= MOST_STREAMS;
    }

    /** Whether somebody who is known has as many as one may have. */
    boolean full(Caller caller) {
        return caller.known()
                && streams.stream()
                                .filter(stream -> stream.caller().credential().equals(caller.credential()))
                                .count()
                        >= MOST_OF_ONE;
    }

    /**
     * Writes to the client until it goes, may no longer have it, or this is closed.
     *
     * @param lastEventId what the client has already; null when nothing
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
                    round(tickDue);
                    complaint = "";
                } catch (RuntimeException e) {
                    complain(e);
                }
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException closing) {
            LOG.debug("published long enough");
        }
    }

    /** The state before the tick: where it cannot be made, a page that heard ticks would take the old one for the newest. */
    private void round(boolean tickDue) {
        if (tickDue) {
            streams.stream()
                    .filter(stream -> !still.test(stream.caller()))
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

    /** Once, and not four times a second for as long as it lasts. */
    private void complain(RuntimeException fault) {
        if (!fault.toString().equals(complaint)) {
            LOG.error("the state of the wall cannot be published, will try again", fault);
            complaint = fault.toString();
        }
    }

    /** The one before, when nothing has changed but the time. */
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
            throw new IllegalStateException("records of numbers and texts", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        Set<StreamClient> open = Set.copyOf(streams);
        open.forEach(stream -> stream.end(StreamClient.Why.STOPPING));
        long deadline = System.nanoTime() + LAST_WORDS.toNanos();
        try {
            for (StreamClient stream : open) {
                stream.awaitEnd(deadline - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
