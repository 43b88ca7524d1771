package org.knockon.systemtests.warroom;

import org.knockon.cli.Knockon;

/** The command in a JVM whose threads {@link ThreadKiller} ends. */
final class KilledMain {

    /** No error of the JVM itself, which would end the process. */
    static final Error FAULT = new AssertionError("a test ends this thread");

    private KilledMain() {}

    public static void main(String[] arguments) {
        Knockon.main(arguments);
    }
}
