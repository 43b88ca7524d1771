package org.knockon.feeds.hl7;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The five separators of one message, from its MSH-1 and MSH-2. */
record Separators(char field, char component, char repetition, char escape, char subcomponent) {

    static final Separators STANDARD = new Separators('|', '^', '~', '\\', '&');

    private static final String USUAL = "^~\\&";

    /**
     * Reads them from the beginning of a message. Those that MSH-2 leaves out at its end are the usual ones.
     *
     * @return empty if there is no MSH, or the separators are letters, blanks or not different
     */
    static Optional<Separators> of(String msh) {
        if (!msh.startsWith("MSH") || msh.length() < 4) {
            return Optional.empty();
        }
        char field = msh.charAt(3);
        int end = msh.indexOf(field, 4);
        String written = msh.substring(4, end < 0 ? msh.length() : end);
        if (written.isEmpty()) {
            return Optional.empty();
        }
        String four = (written + USUAL.substring(Math.min(written.length(), 4))).substring(0, 4);
        String all = field + four;
        Set<Character> different = new HashSet<>();
        for (char c : all.toCharArray()) {
            if (c <= ' ' || c > '~' || Character.isLetterOrDigit(c) || !different.add(c)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Separators(field, four.charAt(0), four.charAt(1), four.charAt(2), four.charAt(3)));
    }

    /** MSH-2 in full. */
    String encodingCharacters() {
        return "" + component + repetition + escape + subcomponent;
    }
}
