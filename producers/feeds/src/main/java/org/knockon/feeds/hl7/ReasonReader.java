package org.knockon.feeds.hl7;

import java.util.Optional;
import java.util.stream.Stream;
import org.knockon.feeds.tables.WordTable;
import org.knockon.impact.model.ChangeReason;

/** Why an appointment was changed. Only the table's word leaves; the sender's text goes nowhere. */
final class ReasonReader {
    private static final FieldRef CODE = FieldRef.parse("SCH-6");
    private static final FieldRef TEXT = FieldRef.parse("SCH-6.2");
    private static final FieldRef NOTE = FieldRef.parse("NTE-3");

    private final WordTable<ChangeReason> reasons;

    ReasonReader(WordTable<ChangeReason> reasons) {
        this.reasons = reasons;
    }

    /** @param plainBooking whether this is a new booking, in which an unknown text is no reason of a change */
    Optional<ChangeReason> reason(Segments segments, boolean plainBooking) {
        Optional<ChangeReason> known = Stream.of(CODE, TEXT, NOTE)
                .flatMap(segments::texts)
                .flatMap(text -> reasons.of(text).stream())
                .findFirst();
        boolean written = !segments.whole("SCH", 6).isEmpty();
        return known.isEmpty() && written && !plainBooking ? Optional.of(ChangeReason.UNKNOWN) : known;
    }
}
