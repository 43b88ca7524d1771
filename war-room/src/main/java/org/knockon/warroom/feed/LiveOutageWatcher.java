package org.knockon.warroom.feed;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.server.threads.SupervisedThreads;
import org.knockon.warroom.WarRoomSettings;
import org.knockon.warroom.board.Board;
import org.knockon.warroom.board.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the live topics of the broker during a replay, so that an exercise does not hide a real outage. If there are
 * no live topics, as in a sandbox, it checks again from time to time.
 */
final class LiveOutageWatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveOutageWatcher.class);
    private static final List<Topic<?>> READ = List.of(Topics.SYSTEMS, Topics.OUTAGES);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long CHECK_EVERY_MILLIS = 10_000;
    private static final int TIMEOUT_MILLIS = 4_000;
    private static final int MAX_ENDED = 6;

    private final WarRoomSettings settings;
    private final LongSupplier wallClock;
    private final String prefix;
    private final Admin admin;
    private final Thread thread;
    private volatile Optional<List<Timeline.Band>> outages = Optional.empty();
    private volatile boolean closed;

    private LiveOutageWatcher(
            WarRoomSettings settings, LongSupplier wallClock, String prefix, SupervisedThreads threads) {
        thread = threads.thread("live", this::watch);
        this.settings = settings;
        this.wallClock = wallClock;
        this.prefix = prefix;
        Map<String, Object> config = new HashMap<>(settings.client());
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 2);
        admin = Admin.create(config);
        thread.start();
    }

    /** Empty if the war room reads the live topics itself. */
    static Optional<LiveOutageWatcher> start(
            WarRoomSettings settings, LongSupplier wallClock, SupervisedThreads threads) {
        return settings.exercise()
                .flatMap(exercise -> WarRoomSettings.liveBeside(settings.prefix()))
                .map(prefix -> new LiveOutageWatcher(settings, wallClock, prefix, threads));
    }

    /**
     * Root causes of real outages: those that are open, and the few unplanned ones that ended last. Empty until known.
     */
    Optional<List<Timeline.Band>> outages() {
        return outages;
    }

    private void watch() {
        try {
            while (!closed) {
                if (topicsExist()) {
                    follow();
                }
                Thread.sleep(CHECK_EVERY_MILLIS);
            }
        } catch (InterruptedException closing) {
            LOG.debug("stopped watching");
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private boolean topicsExist() throws InterruptedException {
        try {
            boolean exist = admin.listTopics()
                    .names()
                    .get()
                    .containsAll(READ.stream().map(topic -> topic.name(prefix)).toList());
            if (!exist) {
                outages = Optional.of(List.of());
            }
            return exist;
        } catch (ExecutionException | KafkaException e) {
            LOG.debug("no response from the broker", e);
            return false;
        }
    }

    /** Reads until that fails. The last known outages stay until newer ones are read. */
    private void follow() {
        Board board = new Board(settings.zone());
        try (TopicReader reader = new TopicReader(settings.client(), prefix, board, () -> Long.MAX_VALUE, READ)) {
            while (!closed) {
                reader.read(POLL);
                if (reader.caughtUp()) {
                    outages = Optional.of(
                            toShow(board.timeline(wallClock.getAsLong()).bands()));
                }
            }
        } catch (InterruptException closing) {
            closed = true;
        } catch (KafkaException e) {
            LOG.warn("could not read the live outages, starting again: {}", e.toString());
        }
    }

    static List<Timeline.Band> toShow(List<Timeline.Band> bands) {
        return Stream.concat(
                        bands.stream().filter(band -> band.to() == null),
                        bands.stream()
                                .filter(band -> band.to() != null && !band.planned())
                                .sorted(Comparator.comparing(Timeline.Band::to).reversed())
                                .limit(MAX_ENDED))
                .toList();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(TIMEOUT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
