package org.knockon.warroom.serve;

import java.util.Optional;
import java.util.function.LongSupplier;
import org.knockon.warroom.WarRoomSettings;
import org.knockon.warroom.feed.BoardKeeper;
import org.knockon.warroom.replay.ReplayControl;

/** A running war room. */
public final class WarRoom implements AutoCloseable {

    private final BoardKeeper keeper;
    private final WarRoomServer server;
    private final String bind;

    private WarRoom(BoardKeeper keeper, WarRoomServer server, String bind) {
        this.keeper = keeper;
        this.server = server;
        this.bind = bind;
    }

    /**
     * Starts reading and serving.
     *
     * @param wallClock epoch milliseconds
     * @throws org.apache.kafka.common.KafkaException when a topic does not exist or the broker does not answer
     * @throws RuntimeException of the server's, when the port is taken
     */
    public static WarRoom start(WarRoomSettings settings, LongSupplier wallClock) {
        return start(settings, wallClock, Optional.empty());
    }

    /**
     * The same for a replay that can be controlled.
     *
     * @param control empty where nothing is replayed from here
     */
    public static WarRoom start(WarRoomSettings settings, LongSupplier wallClock, Optional<ReplayControl> control) {
        BoardKeeper keeper = BoardKeeper.start(settings, wallClock);
        try {
            return new WarRoom(keeper, WarRoomServer.start(settings, keeper, wallClock, control), settings.bind());
        } catch (RuntimeException e) {
            keeper.close();
            throw e;
        }
    }

    /** Where the page is. */
    public String address() {
        return "http://" + (bind.contains(":") ? "[" + bind + "]" : bind) + ":" + server.port() + "/wall";
    }

    @Override
    public void close() {
        server.close();
        keeper.close();
    }
}
