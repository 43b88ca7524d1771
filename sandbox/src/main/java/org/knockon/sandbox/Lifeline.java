package org.knockon.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Ties a child process to the process that started it. The parent holds the writing end of the child's standard input: whether it
 * dies, even by kill -9, or closes it, the child reads its end. The parent's process id is watched as well, for the case that some
 * other child of the parent has inherited the writing end.
 *
 * <p>Runs inside the child, which may be the registry: nothing here may use a class from outside the JDK.
 */
final class Lifeline {
    /** The parent's process id. */
    static final String PARENT_PROPERTY = "knockon.sandbox.parent";

    /** The child's own folder, when it is to be deleted at the end. */
    static final String TEMPORARY_PROPERTY = "knockon.sandbox.temporary";

    /** What the parent writes before it closes the child's standard input, to say that it lives and cleans up itself. */
    static final int PARENT_CLEANS_UP = 'c';

    private static final int EXIT_FOLDER_IN_USE = 3;
    private static final long PARENT_CHECK_MILLIS = 1_000;

    /** Nobody needs what is in a temporary folder, so that stopping in order may be cut short. */
    private static final long LONGEST_STOP_TEMPORARY_MILLIS = 3_000;

    private static final long LONGEST_STOP_MILLIS = 15_000;

    private final long parent;
    private final Optional<Path> temporary;
    private final FolderLock lock;

    private Lifeline(long parent, Optional<Path> temporary, FolderLock lock) {
        this.parent = parent;
        this.temporary = temporary;
        this.lock = lock;
    }

    /** For a process whose working folder is its own; ends the process if another one holds the folder. */
    static Lifeline ofThisProcess() throws IOException {
        Optional<FolderLock> lock = FolderLock.tryHold(Path.of(""));
        if (lock.isEmpty()) {
            System.err.println("Another process is using " + Path.of("").toAbsolutePath());
            System.exit(EXIT_FOLDER_IN_USE);
        }
        return new Lifeline(
                Long.getLong(PARENT_PROPERTY),
                Optional.ofNullable(System.getProperty(TEMPORARY_PROPERTY)).map(Path::of),
                lock.orElseThrow());
    }

    /** Once the parent is gone or says so: stops, deletes what is temporary, and ends this process. */
    void endWithParent(Runnable stop) {
        startDaemon("parent-standard-input", () -> {
            boolean parentCleansUp = awaitEndOfInput();
            end(stop, parentCleansUp);
        });
        startDaemon("parent-process", () -> {
            awaitEndOfParent();
            end(stop, false);
        });
    }

    /** For a process that has stopped: deletes what is temporary and ends it, unless this is being done already. */
    void end() {
        end(() -> {}, false);
    }

    private static boolean awaitEndOfInput() {
        boolean parentCleansUp = false;
        try {
            for (int read = System.in.read(); read >= 0; read = System.in.read()) {
                parentCleansUp |= read == PARENT_CLEANS_UP;
            }
        } catch (IOException unreadable) {
            // As good as the end.
        }
        return parentCleansUp;
    }

    private void awaitEndOfParent() {
        while (ProcessHandle.of(parent).filter(ProcessHandle::isAlive).isPresent()) {
            pause(PARENT_CHECK_MILLIS);
        }
    }

    private synchronized void end(Runnable stop, boolean parentCleansUp) {
        if (temporary.isPresent() && parentCleansUp) {
            halt();
        }
        startDaemon("longest-stop", () -> {
            pause(temporary.isPresent() ? LONGEST_STOP_TEMPORARY_MILLIS : LONGEST_STOP_MILLIS);
            deleteTemporary();
            halt();
        });
        stop.run();
        deleteTemporary();
        halt();
    }

    /** Each child deletes what is its own; the folder they share goes with the last of them. */
    private void deleteTemporary() {
        temporary.ifPresent(own -> {
            Folders.delete(own);
            Folders.deleteIfEmpty(own.getParent());
        });
    }

    private void halt() {
        lock.release();
        Runtime.getRuntime().halt(0);
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
