package org.knockon.producers.yaml;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the defined word that the author most likely meant. */
final class NearestWord {
    private static final String UNIT = ".ms";

    private NearestWord() {}

    /** The suggestion for a problem: "did you mean 'x'?", or the defined words if none is similar. */
    static String suggest(String word, Collection<String> known) {
        Optional<String> near = of(word, known);
        if (near.isPresent()) {
            return "did you mean '" + near.get() + "'?";
        }
        if (known.isEmpty()) {
            return "none is defined";
        }
        String list = String.join(", ", known.stream().limit(12).toList());
        return "use one of " + list + (known.size() > 12 ? " and " + (known.size() - 12) + " more" : "");
    }

    private static Optional<String> of(String word, Collection<String> known) {
        String best = null;
        int least = Math.max(2, word.length() / 3) + 1;
        for (String candidate : known) {
            int distance = distanceWithoutUnit(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    /** A word without the unit of a setting, such as {@code horizon.ms}, is compared without it. */
    private static int distanceWithoutUnit(String word, String candidate) {
        int whole = distance(word, candidate);
        return candidate.endsWith(UNIT) && !word.endsWith(UNIT)
                ? Math.min(whole, distance(word, candidate.substring(0, candidate.length() - UNIT.length())))
                : whole;
    }

    /** Edit distance; swapping two neighbouring letters counts as one edit (optimal string alignment). */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
