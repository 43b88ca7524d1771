package org.knockon.producers.generate;

/** Flags that appointments carry while a scenario is generated. */
final class AppointmentFlags {
    /** Chosen to be postponed, to match the number that the hospital published for its week. */
    static final int CHOSEN = 1;

    /** Postponed at least once. */
    static final int POSTPONED = 2;

    /**
     * Share of the patients seen on ordinary days whose arrival is recorded too; for the rest only the end of the visit
     * is.
     */
    static final double CHECKED_IN_SHARE = 0.03;

    private AppointmentFlags() {}
}
