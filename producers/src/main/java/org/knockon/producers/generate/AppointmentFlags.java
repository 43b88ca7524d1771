package org.knockon.producers.generate;

/** Flags of appointments while they are generated. */
final class AppointmentFlags {
    /** Picked to be postponed, for the hospital's published weeks. */
    static final int CHOSEN = 1;

    /** Postponed at least once. */
    static final int POSTPONED = 2;

    /** Share of those seen on ordinary days that are also recorded when they arrive; the rest only when seen. */
    static final double CHECKED_IN_SHARE = 0.03;

    private AppointmentFlags() {}
}
