package org.knockon.producers.replay;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.knockon.producers.generate.ScenarioEvents;

/**
 * Progress of a replay as stored on the progress topic: how many events of the scenario have been published. The
 * fingerprint ensures that a replay is resumed with the same scenario, because the position is only a number.
 */
record Checkpoint(long position, String fingerprint) {
    private static final Pattern FORM = Pattern.compile("position=(\\d+) of ([\\w:-]+)");

    static String fingerprint(ScenarioEvents events) {
        return events.scenario().digest() + ":" + ScenarioEvents.GENERATION + ":" + events.size();
    }

    byte[] bytes() {
        return ("position=" + position + " of " + fingerprint).getBytes(StandardCharsets.UTF_8);
    }

    static Optional<Checkpoint> read(byte[] bytes) {
        Matcher matcher = FORM.matcher(new String(bytes, StandardCharsets.UTF_8));
        return matcher.matches()
                ? Optional.of(new Checkpoint(Long.parseLong(matcher.group(1)), matcher.group(2)))
                : Optional.empty();
    }
}
