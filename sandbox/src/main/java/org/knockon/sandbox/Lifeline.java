package org.knockon.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Ties a child process to the process that started it. The parent holds the writing end of the child's standard input and
 * never writes: whether it closes it or dies, even by kill -9, the child reads its end. The parent's process id is watched as
 * well, for the case that some other child of the parent has inherited the writing end.
 *
 * <p>Runs inside the child, which may be the registry: nothing here may use a class from outside the JDK.
 */
final class Lifeline {
    private static final long PARENT_CHECK_MILLIS = 1_000;
    private static final long LONGEST_STOP_SECONDS = 15;

    private final long parent;
    private final Optional<Path> temporary;

    private Lifeline(long parent, Optional<Path> temporary) {
        this.parent = parent;
        this.temporary = temporary;
    }

    /** From the properties that {@link ChildProcess} sets. */
    static Lifeline fromProperties() {
        return new Lifeline(
                Long.getLong(ChildProcess.PARENT_PROPERTY),
                Optional.ofNullable(System.getProperty(ChildProcess.TEMPORARY_PROPERTY)).map(Path::of));
    }

    /** Once the parent is gone: stops, deletes the temporary folder if there is one, and ends this process. */
    void onParentGone(Runnable stop) {
        startDaemon("parent-standard-input", () -> {
            awaitEndOfInput();
            end(stop);
        });
        startDaemon("parent-process", () -> {
            awaitEndOfParent();
            end(stop);
        });
    }

    private static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // The parent writes nothing; whatever comes is not the end.
            }
        } catch (IOException unreadable) {
            // As good as the end.
        }
    }

    private void awaitEndOfParent() {
        while (ProcessHandle.of(parent).filter(ProcessHandle::isAlive).isPresent()) {
            pause(PARENT_CHECK_MILLIS);
        }
    }

    private synchronized void end(Runnable stop) {
        startDaemon("longest-stop", () -> {
            pause(TimeUnit.SECONDS.toMillis(LONGEST_STOP_SECONDS));
            deleteTemporary();
            Runtime.getRuntime().halt(1);
        });
        stop.run();
        deleteTemporary();
        Runtime.getRuntime().halt(0);
    }

    /** Each child deletes what is its own; the folder they share goes with the last of them. */
    private void deleteTemporary() {
        temporary.ifPresent(own -> {
            Folders.deleteQuietly(own);
            Folders.deleteIfEmpty(own.toAbsolutePath().getParent());
        });
    }

    private static void startDaemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException nobodyInterrupts) {
            Thread.currentThread().interrupt();
        }
    }
}
