package org.knockon.schemas;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the names of all topics of one deployment start with, such as {@code knockon.}.
 *
 * <p>Topics of an exercise have the prefix {@code <live prefix>replay.<run>.}, so that an exercise never mixes with
 * live data. This is the only place that decides which prefixes are those of an exercise.
 */
public record TopicPrefix(String text) {

    private static final String REPLAY = "replay.";

    /**
     * Groups: the live prefix, and the run. Of several segments {@code replay} the last that is followed by a run
     * counts.
     */
    private static final Pattern EXERCISE = Pattern.compile("((?:.*\\.)?)" + Pattern.quote(REPLAY) + "(.+?)\\.?");

    /** The prefix of a topic on the broker. */
    public static TopicPrefix of(Topic<?> topic, String name) {
        if (!name.endsWith(topic.shortName())) {
            throw new IllegalArgumentException(name + " is not a name of the topic " + topic.shortName());
        }
        return new TopicPrefix(
                name.substring(0, name.length() - topic.shortName().length()));
    }

    /** The prefix of an exercise beside the live topics with this prefix. */
    public TopicPrefix replay(String run) {
        return new TopicPrefix(text + REPLAY + run + ".");
    }

    /** Whether topics with this prefix hold an exercise and not live data. */
    public boolean isExercise() {
        return exercise().matches();
    }

    /** Name of the exercise; empty for live topics. */
    public Optional<String> run() {
        Matcher exercise = exercise();
        return exercise.matches() ? Optional.of(exercise.group(2)) : Optional.empty();
    }

    /** Prefix of the live topics beside an exercise; empty for live topics themselves. */
    public Optional<TopicPrefix> live() {
        Matcher exercise = exercise();
        return exercise.matches() ? Optional.of(new TopicPrefix(exercise.group(1))) : Optional.empty();
    }

    private Matcher exercise() {
        return EXERCISE.matcher(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
