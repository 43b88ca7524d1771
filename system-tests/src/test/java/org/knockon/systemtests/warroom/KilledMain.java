package org.knockon.systemtests.warroom;

import org.knockon.cli.Knockon;

/** Runs the command in a JVM in which {@link ThreadKiller} stops threads. */
final class KilledMain {

    /** Not a fatal JVM error, which would end the process. */
    static final Error FAULT = new AssertionError("a test stops this thread");

    private KilledMain() {}

    public static void main(String[] arguments) {
        Knockon.main(arguments);
    }
}
