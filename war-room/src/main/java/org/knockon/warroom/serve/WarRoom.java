package org.knockon.warroom.serve;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.knockon.warroom.WarRoomSettings;
import org.knockon.warroom.feed.BoardUpdater;
import org.knockon.warroom.health.SupervisedThreads;
import org.knockon.warroom.replay.ReplayControl;

/** A running war room. */
public final class WarRoom implements AutoCloseable {

    private final BoardUpdater updater;
    private final WarRoomServer server;
    private final SupervisedThreads threads;
    private final String scheme;
    private final String host;

    private WarRoom(BoardUpdater updater, WarRoomServer server, SupervisedThreads threads, WarRoomSettings settings) {
        this.updater = updater;
        this.threads = threads;
        this.server = server;
        scheme = settings.access().tls().isPresent() ? "https" : "http";
        String bind = settings.bind();
        boolean everywhere = new InetSocketAddress(bind, 0).getAddress().isAnyLocalAddress();
        host = everywhere ? "localhost" : bind.contains(":") ? "[" + bind + "]" : bind;
    }

    /**
     * Starts reading and serving.
     *
     * @param wallClock epoch milliseconds
     * @throws org.apache.kafka.common.KafkaException if a topic does not exist or the broker does not respond
     * @throws IllegalArgumentException if the access file, the certificate or its key cannot be used
     * @throws RuntimeException of the server if the port is in use
     */
    public static WarRoom start(WarRoomSettings settings, LongSupplier wallClock) {
        return start(settings, wallClock, Optional.empty());
    }

    /**
     * The same for a replay that the war room can control.
     *
     * @param control empty if the war room controls no replay
     */
    public static WarRoom start(WarRoomSettings settings, LongSupplier wallClock, Optional<ReplayControl> control) {
        SupervisedThreads threads = new SupervisedThreads();
        BoardUpdater updater = BoardUpdater.start(settings, wallClock, threads);
        try {
            return new WarRoom(
                    updater, WarRoomServer.start(settings, updater, wallClock, control, threads), threads, settings);
        } catch (RuntimeException e) {
            updater.close();
            throw e;
        }
    }

    /** The URL of the page on this machine. */
    public String address() {
        return scheme + "://" + host + ":" + server.port() + "/wall";
    }

    @Override
    public void close() {
        threads.closing();
        server.close();
        updater.close();
    }
}
