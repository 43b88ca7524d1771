package org.knockon.warroom;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settings of one war room.
 *
 * @param client of Kafka clients and the registry
 * @param prefix of every topic, its dot included
 * @param applicationId consumer group of the streams app, by which its progress is known
 * @param zone local time of the organisation
 * @param bind address to listen on; anything but loopback is refused, for nothing asks who is there yet
 * @param port 0 for any that is free
 * @param exercise name of the exercise, shown on every page; empty where the events are live
 */
public record WarRoomSettings(
        Map<String, Object> client,
        String prefix,
        String applicationId,
        ZoneId zone,
        String bind,
        int port,
        Optional<String> exercise) {

    private static final String REPLAY = "replay.";

    /** @throws IllegalArgumentException naming everything that is wrong */
    public WarRoomSettings {
        client = Map.copyOf(client);
        List<String> problems = new ArrayList<>();
        if (port < 0 || port > 65535) {
            problems.add("the port must be 0 to 65535, but it is " + port);
        }
        if (!loopback(bind)) {
            problems.add(
                    "the war room listens on loopback addresses only, such as 127.0.0.1, until it can ask who is there;"
                            + " put a proxy that does in front of it. The address was '" + bind + "'");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** The name of a replay, where the topics with this prefix are those of one. */
    public static Optional<String> exerciseIn(String prefix) {
        int at = prefix.lastIndexOf(REPLAY);
        boolean replay = at == 0 || (at > 0 && prefix.charAt(at - 1) == '.');
        return replay ? Optional.of(prefix.substring(at + REPLAY.length()).replaceFirst("\\.$", "")) : Optional.empty();
    }

    /** The prefix of the live topics, where those with this prefix are of a replay. */
    public static Optional<String> liveBeside(String prefix) {
        return exerciseIn(prefix).map(replay -> prefix.substring(0, prefix.lastIndexOf(REPLAY)));
    }

    private static boolean loopback(String bind) {
        try {
            return !bind.isBlank() && InetAddress.getByName(bind).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
