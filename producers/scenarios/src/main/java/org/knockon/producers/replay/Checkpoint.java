package org.knockon.producers.replay;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.knockon.producers.source.ReplaySource;

/**
 * Progress of a replay as stored on the progress topic: how many events of the scenario have been published. The
 * fingerprint ensures that a replay is resumed with the same scenario, because the position is only a number.
 */
record Checkpoint(long position, String fingerprint) {
    /** Only in the fingerprint of a shifted scenario, followed by its start in epoch milliseconds. */
    private static final String START = ":from-";

    private static final Pattern SHIFTED = Pattern.compile(START + "(\\d+)$");
    private static final Pattern FORM = Pattern.compile("position=(\\d+) of ([\\w:-]+)");

    static String fingerprint(ReplaySource events) {
        return events.version() + ":" + events.size() + (events.shifted() ? START + events.from() : "");
    }

    /**
     * Number of published events, 0 without a checkpoint.
     *
     * @throws ReplayException if the checkpoint belongs to another scenario, or to one that starts at another time
     */
    static long position(Optional<Checkpoint> last, String fingerprint, String run) {
        last.filter(checkpoint -> !checkpoint.fingerprint().equals(fingerprint)).ifPresent(other -> {
            throw new ReplayException("run '" + run + "' has " + other.position() + other.difference(fingerprint));
        });
        return last.map(Checkpoint::position).orElse(0L);
    }

    private String difference(String other) {
        if (!withoutStart(fingerprint).equals(withoutStart(other))) {
            return " events of another scenario, or of another version of this one; choose a new name for the run";
        }
        return SHIFTED.matcher(fingerprint)
                .results()
                .findFirst()
                .map(start -> " events of this scenario shifted to "
                        + Instant.ofEpochMilli(Long.parseLong(start.group(1)))
                        + "; give the same start, or choose a new name for the run")
                .orElse(" events of this scenario, not shifted; leave out the start, or choose a new name for the run");
    }

    private static String withoutStart(String fingerprint) {
        return SHIFTED.matcher(fingerprint).replaceFirst("");
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
