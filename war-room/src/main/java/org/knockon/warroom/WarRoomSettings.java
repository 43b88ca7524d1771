package org.knockon.warroom;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knockon.health.HealthAddress;
import org.knockon.schemas.TopicPrefix;
import org.knockon.warroom.access.AccessSettings;

/**
 * Settings of one war room.
 *
 * @param client properties of Kafka clients and the registry
 * @param prefix of every topic, including its last dot
 * @param zone of the organisation
 * @param bind address to listen on; other addresses than loopback require an access file and TLS
 * @param port 0 for any free port
 * @param exercise name of the exercise, shown on every page; empty if events are live
 * @param access authentication and TLS
 * @param health address of the health and metrics endpoints in plain HTTP, in addition to those of the page
 */
public record WarRoomSettings(
        Map<String, Object> client,
        String prefix,
        ZoneId zone,
        String bind,
        int port,
        Optional<String> exercise,
        AccessSettings access,
        HealthAddress health) {

    /** @throws IllegalArgumentException with all problems */
    public WarRoomSettings {
        client = Map.copyOf(client);
        List<String> problems = new ArrayList<>();
        if (port < 0 || port > 65535) {
            problems.add("the port must be between 0 and 65535, but is " + port);
        }
        problems.addAll(access.problems(bind));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** Without health endpoints of their own. */
    public WarRoomSettings(
            Map<String, Object> client,
            String prefix,
            ZoneId zone,
            String bind,
            int port,
            Optional<String> exercise,
            AccessSettings access) {
        this(client, prefix, zone, bind, port, exercise, access, HealthAddress.NONE);
    }

    /** For use on one machine, without authentication. */
    public WarRoomSettings(
            Map<String, Object> client, String prefix, ZoneId zone, String bind, int port, Optional<String> exercise) {
        this(client, prefix, zone, bind, port, exercise, AccessSettings.LOCAL);
    }

    /** The name of the replay whose topics have this prefix; empty if they are live. */
    public static Optional<String> exerciseIn(String prefix) {
        return new TopicPrefix(prefix).run();
    }

    /** The prefix of the live topics next to those of a replay; empty if this prefix is not that of a replay. */
    public static Optional<String> liveBeside(String prefix) {
        return new TopicPrefix(prefix).live().map(TopicPrefix::text);
    }
}
