package org.knockon.warroom.serve;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.knockon.health.HealthServer;
import org.knockon.server.threads.SupervisedThreads;
import org.knockon.warroom.WarRoomSettings;
import org.knockon.warroom.feed.BoardUpdater;
import org.knockon.warroom.replay.ReplayControl;

/** A running war room. */
public final class WarRoom implements AutoCloseable {

    private final BoardUpdater updater;
    private final WarRoomServer server;
    private final SupervisedThreads threads;
    private final HealthServer health;
    private final String scheme;
    private final String host;

    private WarRoom(
            BoardUpdater updater,
            WarRoomServer server,
            HealthServer health,
            SupervisedThreads threads,
            WarRoomSettings settings) {
        this.health = health;
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
     * @throws RuntimeException if a port is in use
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
        WarRoomServer server = null;
        try {
            server = WarRoomServer.start(settings, updater, wallClock, control, threads);
            return new WarRoom(
                    updater, server, PlainEndpoints.start(settings, updater, server.health()), threads, settings);
        } catch (RuntimeException e) {
            threads.closing();
            if (server != null) {
                server.close();
            }
            updater.close();
            throw e;
        }
    }

    /** The port of the plain health and metrics endpoints, if there are any. */
    public OptionalInt healthPort() {
        return health == null ? OptionalInt.empty() : OptionalInt.of(health.port());
    }

    /** The URL of the page on this machine. */
    public String address() {
        return scheme + "://" + host + ":" + server.port() + "/wall";
    }

    @Override
    public void close() {
        threads.closing();
        if (health != null) {
            health.close();
        }
        server.close();
        updater.close();
    }
}
