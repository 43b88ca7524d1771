package org.knockon.cli.console;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes everything that a command opened, in reverse order and each once, whether the command returns, fails or is interrupted. On Ctrl-C a
 * shutdown hook of the JVM closes it.
 *
 * <p>Usage: {@code try (Cleanup cleanup = Cleanup.atExit()) { cleanup.add(open()); ... }}
 */
public final class Cleanup implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Cleanup.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Lock closing = new ReentrantLock();
    private final Thread hook = new Thread(this::closeAll, "knockon-cleanup");
    private boolean closed;

    private Cleanup() {}

    public static Cleanup atExit() {
        Cleanup cleanup = new Cleanup();
        Runtime.getRuntime().addShutdownHook(cleanup.hook);
        return cleanup;
    }

    /** Whether this JVM is shutting down, for example after Ctrl-C. */
    public static boolean shuttingDown() {
        Thread probe = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException shuttingDown) {
            return true;
        }
    }

    /** Registers something for closing. If the command is already closing, after Ctrl-C, closes it at once and throws. */
    public <T extends AutoCloseable> T add(T opened) {
        synchronized (open) {
            if (!closed) {
                open.push(opened);
                return opened;
            }
        }
        closeQuietly(opened);
        throw new CommandFailure(ExitCodes.INTERRUPTED, "interrupted");
    }

    @Override
    public void close() {
        closeAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            LOG.debug("the JVM is shutting down; its hook stays registered");
        }
    }

    /** Closes one at a time, even if the command and the hook close at the same time: a folder is deleted after its writers stop. */
    private void closeAll() {
        closing.lock();
        try {
            for (AutoCloseable next = next(); next != null; next = next()) {
                closeQuietly(next);
            }
        } finally {
            closing.unlock();
        }
    }

    private AutoCloseable next() {
        synchronized (open) {
            closed = true;
            return open.poll();
        }
    }

    private static void closeQuietly(AutoCloseable opened) {
        try {
            opened.close();
        } catch (Exception e) {
            // Close the rest anyway.
            LOG.warn("closing {} failed: {}", opened.getClass().getSimpleName(), e.toString());
        }
    }
}
