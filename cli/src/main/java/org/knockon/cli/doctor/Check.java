package org.knockon.cli.doctor;

/**
 * The result of one check.
 *
 * @param what what was checked
 * @param detail what was found, and how to fix it if it is unavailable
 */
record Check(String what, Result result, String detail) {

    enum Result {
        OK,
        UNAVAILABLE,
        /** Not checked, because the check needs something that is unavailable. */
        UNKNOWN
    }

    static Check ok(String what, String detail) {
        return new Check(what, Result.OK, detail);
    }

    static Check unavailable(String what, String detail) {
        return new Check(what, Result.UNAVAILABLE, detail);
    }

    static Check unknown(String what, String detail) {
        return new Check(what, Result.UNKNOWN, detail);
    }
}
