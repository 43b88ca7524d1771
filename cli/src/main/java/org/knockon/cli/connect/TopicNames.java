package org.knockon.cli.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knockon.producers.yaml.Item;
import org.knockon.schemas.Topic;
import org.knockon.schemas.TopicPrefix;
import org.knockon.schemas.Topics;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Finds topics by the names that users type. */
public final class TopicNames {

    /** @param name full name on the broker */
    public record Named(Topic<?> topic, String name) {

        public TopicPrefix prefix() {
            return TopicPrefix.of(topic, name);
        }
    }

    private TopicNames() {}

    /** Returns every topic of {@link Topics}, in the same order. */
    public static List<Named> all(String prefix) {
        List<Named> all = new ArrayList<>();
        Topics.all().forEach(topic -> all.add(new Named(topic, topic.name(prefix))));
        return all;
    }

    /**
     * Finds a topic by its name without a prefix, with the prefix, or with the prefix of a replay.
     *
     * @throws ParameterException if no topic matches; the message suggests the nearest name
     */
    public static Named find(CommandLine command, String name, String prefix) {
        return find(name, prefix).orElseThrow(() -> {
            List<String> known = Topics.all().stream().map(Topic::shortName).toList();
            return new ParameterException(command, "unknown topic '" + name + "'; " + Item.suggest(name, known));
        });
    }

    private static Optional<Named> find(String name, String prefix) {
        Optional<Topic<?>> here = Topics.byName(name, prefix);
        if (here.isPresent()) {
            return Optional.of(new Named(here.get(), here.get().name(prefix)));
        }
        return Topics.all().stream()
                .filter(topic -> name.endsWith("." + topic.shortName()))
                .findFirst()
                .map(topic -> new Named(topic, name));
    }
}
