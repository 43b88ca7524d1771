package org.knockon.sandbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/** Keeps two processes from using one folder. The operating system releases the lock when its holder dies. */
final class FolderLock {
    private static final String FILE = "lock";
    private static final long POLL_MILLIS = 50;

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Returns the lock, or empty if another process holds it. */
    static Optional<FolderLock> tryHold(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            return Optional.empty();
        }
        return Optional.of(new FolderLock(channel));
    }

    /**
     * Waits until no process uses the folder, and returns whether that is so in time. The children of a dead parent may
     * still use it.
     */
    static boolean awaitFree(Path folder, Duration longest) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        do {
            if (!Files.exists(folder.resolve(FILE))) {
                return true;
            }
            Optional<FolderLock> lock = tryHold(folder);
            if (lock.isPresent()) {
                lock.get().release();
                return true;
            }
            Thread.sleep(POLL_MILLIS);
        } while (System.nanoTime() < deadline);
        return false;
    }

    void release() {
        try {
            channel.close();
        } catch (IOException ignored) {
            // The operating system releases it when the process ends.
        }
    }
}
