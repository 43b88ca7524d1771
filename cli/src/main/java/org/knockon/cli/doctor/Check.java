package org.knockon.cli.doctor;

/**
 * The result of one check.
 *
 * @param what what was checked
 * @param detail what was found, and how to fix it if it failed
 */
record Check(String what, Result result, String detail) {

    enum Result {
        OK("ok", false),
        /** It works, and is a risk. */
        WARNING("WARNING", false),
        UNAVAILABLE("UNAVAILABLE", true),
        /** The broker refuses it to this client. */
        DENIED("DENIED", true),
        /** It does not exist. */
        MISSING("missing", true),
        /** Not checked, because the check needs something that is not there. */
        UNKNOWN("unknown", false);

        private final String word;
        private final boolean failed;

        Result(String word, boolean failed) {
            this.word = word;
            this.failed = failed;
        }

        String word() {
            return word;
        }

        boolean failed() {
            return failed;
        }
    }

    static Check ok(String what, String detail) {
        return new Check(what, Result.OK, detail);
    }

    static Check warning(String what, String detail) {
        return new Check(what, Result.WARNING, detail);
    }

    static Check unavailable(String what, String detail) {
        return new Check(what, Result.UNAVAILABLE, detail);
    }

    static Check denied(String what, String detail) {
        return new Check(what, Result.DENIED, detail);
    }

    static Check missing(String what, String detail) {
        return new Check(what, Result.MISSING, detail);
    }

    static Check unknown(String what, String detail) {
        return new Check(what, Result.UNKNOWN, detail);
    }
}
