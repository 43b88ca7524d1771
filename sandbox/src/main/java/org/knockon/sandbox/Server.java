package org.knockon.sandbox;

import org.knockon.sandbox.SandboxException.Problem;

/** A process that serves on a port of the loopback interface. */
record Server(ChildProcess process, int port) {
    private static final int ATTEMPTS = 3;

    /** Starts a server on a port and returns once it accepts clients. */
    @FunctionalInterface
    interface Starter {
        ChildProcess start(int port) throws InterruptedException;
    }

    /**
     * Starts a server on the wanted port, or on a free one for 0. Another program can take a free port before the
     * server listens on it, so this tries several times.
     */
    static Server start(String name, int wanted, Starter starter) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            int port = Ports.check(wanted, name);
            try {
                return new Server(starter.start(port), port);
            } catch (SandboxException e) {
                if (e.problem() != Problem.PORT || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
