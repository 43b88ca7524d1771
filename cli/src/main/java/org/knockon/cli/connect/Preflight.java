package org.knockon.cli.connect;

import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.knockon.cli.console.CommandFailure;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.settings.Settings;
import org.knockon.schemas.Topic;

/**
 * What a command requires before it starts its work, so that a missing server or topic stops it with one clear line.
 *
 * <p>Every method throws a {@link CommandFailure} with {@link ExitCodes#UNAVAILABLE} when something required is unavailable.
 */
public final class Preflight {

    private Preflight() {}

    /** Requires the registry, the broker and these topics. */
    public static void requireAll(Settings settings, Collection<? extends Topic<?>> topics) {
        Connectivity.requireRegistry(settings);
        requireTopics(settings, topics);
    }

    /** Requires the registry, the broker and one topic, which may have a replay's prefix. */
    public static void requireAll(Settings settings, TopicNames.Named topic) {
        try (Admin admin = connect(settings)) {
            if (Connectivity.existing(admin, List.of(topic.name())).isEmpty()) {
                throw new CommandFailure(
                        ExitCodes.UNAVAILABLE,
                        "missing topic: " + topic.name() + "; create with 'knockon topics create'");
            }
        }
    }

    /** Requires the broker, and the registry if the topic has a schema. */
    public static void requireServers(Settings settings, Topic<?> topic) {
        if (!topic.schemaless()) {
            Connectivity.requireRegistry(settings);
        }
        Connectivity.admin(settings).close();
    }

    /** Requires the registry and the broker, and returns an admin client for the caller to close. */
    public static Admin connect(Settings settings) {
        Connectivity.requireRegistry(settings);
        return Connectivity.admin(settings);
    }

    /** Requires the broker and these topics. */
    static void requireTopics(Settings settings, Collection<? extends Topic<?>> topics) {
        try (Admin admin = Connectivity.admin(settings)) {
            Connectivity.requireTopics(admin, settings.prefix(), topics);
        }
    }
}
