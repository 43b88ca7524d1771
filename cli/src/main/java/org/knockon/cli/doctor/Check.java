package org.knockon.cli.doctor;

/**
 * One thing that was looked at.
 *
 * @param detail what was found, and what to do about it if it is not well
 */
record Check(String what, Result result, String detail) {

    enum Result {
        OK,
        AWAY,
        /** Cannot be told because something else is away. */
        UNKNOWN
    }

    static Check ok(String what, String detail) {
        return new Check(what, Result.OK, detail);
    }

    static Check away(String what, String detail) {
        return new Check(what, Result.AWAY, detail);
    }

    static Check unknown(String what, String detail) {
        return new Check(what, Result.UNKNOWN, detail);
    }
}
