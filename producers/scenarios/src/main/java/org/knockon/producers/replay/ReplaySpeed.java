package org.knockon.producers.replay;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Speed of scenario time.
 *
 * @param factor scenario time per wall-clock time; infinite for full speed
 */
public record ReplaySpeed(double factor) {

    /** Full speed: as fast as the broker accepts events. */
    public static final ReplaySpeed MAX = new ReplaySpeed(Double.POSITIVE_INFINITY);

    private static final Pattern FORM = Pattern.compile("(\\d{1,7}(?:\\.\\d{1,3})?)x?");

    public ReplaySpeed {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("a speed must be greater than 0, but it is " + factor);
        }
    }

    /**
     * Reads {@code 60x}, {@code 600x}, {@code 0.5x} or {@code max}.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static ReplaySpeed parse(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (word.equals("max")) {
            return MAX;
        }
        Matcher matcher = FORM.matcher(word);
        if (!matcher.matches() || Double.parseDouble(matcher.group(1)) == 0) {
            throw new IllegalArgumentException("'" + text + "' is not a speed; write 60x, 600x or max");
        }
        return new ReplaySpeed(Double.parseDouble(matcher.group(1)));
    }

    public boolean max() {
        return Double.isInfinite(factor);
    }

    @Override
    public String toString() {
        if (max()) {
            return "max";
        }
        return (factor == Math.rint(factor) ? Long.toString((long) factor) : Double.toString(factor)) + "x";
    }
}
