package org.knockon.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Ends a child process together with the process that started it. The parent holds the writing end of the child's
 * standard input. When the parent dies, even from kill -9, or closes its end, the child reads the end of its input. The
 * child also watches the parent's process id, because another child of the parent may have inherited the writing end.
 *
 * <p>Runs inside the child, which may be the registry: it must not use any class outside the JDK and this module.
 */
final class Lifeline {
    /** The parent's process id. */
    static final String PARENT_PROPERTY = "knockon.sandbox.parent";

    /** The child's own folder, if it is to be deleted at the end. */
    static final String TEMPORARY_PROPERTY = "knockon.sandbox.temporary";

    /** The byte that the parent writes before it closes the child's standard input, if the parent itself cleans up. */
    static final int PARENT_CLEANS_UP = 'c';

    private static final int EXIT_FOLDER_IN_USE = 3;
    private static final long PARENT_CHECK_MILLIS = 1_000;

    /** The content of a temporary folder is not needed again, so an orderly stop may be cut short. */
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

    /**
     * Opens the lifeline of this process and locks its working folder. Ends the process if another one has the folder.
     */
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

    /** When the parent dies or asks for it: stops, deletes the temporary folder, and ends this process. */
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

    /** Ends this process, which has already stopped its work: deletes the temporary folder and exits. */
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
            // Treated as the end of the input.
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

    /** Each child deletes its own folder; the last one also deletes the shared parent folder. */
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
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
