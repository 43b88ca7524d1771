package org.knockon.feeds.monitor;

import org.knockon.feeds.message.RecordLimits;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;

/** The name of an alert or a check, as it may stand in a record. */
final class DetailText {

    private static final int LONGEST = 100;

    private DetailText() {}

    /** At most 100 characters, without control characters; null if the text is empty or not valid Unicode. */
    static String of(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", " ").strip();
        int end = plain.codePointCount(0, plain.length()) <= LONGEST
                ? plain.length()
                : plain.offsetByCodePoints(0, LONGEST);
        String cut = plain.substring(0, end);
        boolean broken = cut.codePoints().anyMatch(c -> c <= Character.MAX_VALUE && Character.isSurrogate((char) c));
        return cut.isEmpty() || broken ? null : cut;
    }

    /** Whether the topic accepts records of a system id. */
    static boolean acceptsId(String systemId, long receivedAt) {
        return RecordLimits.exceeded(new Observation(systemId, SystemStatus.UP, receivedAt, "", null), receivedAt)
                .isEmpty();
    }
}
