package org.knockon.cli.console;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be closed when a command ends, however it does: the last opened first, each once. On Ctrl-C the JVM closes it.
 *
 * <p>Right: {@code try (Cleanup cleanup = Cleanup.atExit()) { cleanup.add(open()); ... }}
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

    /** Whether this JVM is on its way out, by Ctrl-C for one. */
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

    /** Takes charge of something that was opened; what comes too late, after Ctrl-C, is closed at once. */
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
            LOG.debug("ends with the JVM");
        }
    }

    /** One at a time, also when the command closes while Ctrl-C does: a folder goes after those who write to it. */
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
            // The rest must be closed all the same.
            LOG.warn("closing {} failed: {}", opened.getClass().getSimpleName(), e.toString());
        }
    }
}
