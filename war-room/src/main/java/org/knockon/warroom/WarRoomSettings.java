package org.knockon.warroom;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knockon.schemas.TopicPrefix;
import org.knockon.warroom.access.AccessSettings;

/**
 * Settings of one war room.
 *
 * @param client of Kafka clients and the registry
 * @param prefix of every topic, its dot included
 * @param applicationId consumer group of the streams app, by which its progress is known
 * @param zone local time of the organisation
 * @param bind address to listen on; anything but loopback needs an access file and TLS
 * @param port 0 for any that is free
 * @param exercise name of the exercise, shown on every page; empty where the events are live
 * @param access who may ask, and how it is protected on its way
 */
public record WarRoomSettings(
        Map<String, Object> client,
        String prefix,
        String applicationId,
        ZoneId zone,
        String bind,
        int port,
        Optional<String> exercise,
        AccessSettings access) {


    /** @throws IllegalArgumentException naming everything that is wrong */
    public WarRoomSettings {
        client = Map.copyOf(client);
        List<String> problems = new ArrayList<>();
        if (port < 0 || port > 65535) {
            problems.add("the port must be 0 to 65535, but it is " + port);
        }
        problems.addAll(access.problems(bind));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** On one's own machine, where nobody is asked who they are. */
    public WarRoomSettings(
            Map<String, Object> client,
            String prefix,
            String applicationId,
            ZoneId zone,
            String bind,
            int port,
            Optional<String> exercise) {
        this(client, prefix, applicationId, zone, bind, port, exercise, AccessSettings.LOCAL);
    }

    /** The name of a replay, where the topics with this prefix are those of one. */
    public static Optional<String> exerciseIn(String prefix) {
        return new TopicPrefix(prefix).run();
    }

    /** The prefix of the live topics, where those with this prefix are of a replay. */
    public static Optional<String> liveBeside(String prefix) {
        return new TopicPrefix(prefix).live().map(TopicPrefix::text);
    }
}
