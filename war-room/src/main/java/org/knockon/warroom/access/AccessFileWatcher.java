package org.knockon.warroom.access;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The access list from the file, at most a second old. */
final class AccessFileWatcher {

    private static final Logger LOG = LoggerFactory.getLogger(AccessFileWatcher.class);
    private static final long AGE_MILLIS = 1_000;

    private final Path path;
    private final LongSupplier clock;
    private AccessList list;
    private long readAt;
    private String lastProblem = "";

    /**
     * @param clock milliseconds
     * @throws IllegalArgumentException if the file cannot be read now
     */
    AccessFileWatcher(Path path, LongSupplier clock) {
        this.path = path;
        this.clock = clock;
        try {
            list = new AccessFile(path).read();
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("access file " + path + " does not exist", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("could not use the access file: " + e.getMessage(), e);
        }
        readAt = clock.getAsLong();
    }

    synchronized AccessList list() {
        long now = clock.getAsLong();
        if (Math.abs(now - readAt) >= AGE_MILLIS) {
            readAt = now;
            read();
        }
        return list;
    }

    /**
     * A missing file revokes all access. A file that is invalid, for example while someone edits it, changes nothing.
     */
    private void read() {
        try {
            list = new AccessFile(path).read();
            lastProblem = "";
        } catch (NoSuchFileException e) {
            list = AccessList.EMPTY;
            report("does not exist any more: all access is revoked");
        } catch (IOException e) {
            report("cannot be used, its last valid content stays in force: " + e.getMessage());
        }
    }

    private void report(String problem) {
        if (!problem.equals(lastProblem)) {
            LOG.error("access file {} {}", path, problem);
            lastProblem = problem;
        }
    }
}
