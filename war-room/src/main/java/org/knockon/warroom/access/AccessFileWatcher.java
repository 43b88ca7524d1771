package org.knockon.warroom.access;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The access list as the file has it, at most a second old. */
final class AccessFileWatcher {

    private static final Logger LOG = LoggerFactory.getLogger(AccessFileWatcher.class);
    private static final long AGE_MILLIS = 1_000;

    private final Path path;
    private final LongSupplier clock;
    private AccessList list;
    private long readAt;
    private String complaint = "";

    /**
     * @param clock milliseconds
     * @throws IllegalArgumentException when the file cannot be read now
     */
    AccessFileWatcher(Path path, LongSupplier clock) {
        this.path = path;
        this.clock = clock;
        try {
            list = new AccessFile(path).read();
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no access file " + path, e);
        } catch (IOException e) {
            throw new IllegalArgumentException("the access file cannot be used: " + e.getMessage(), e);
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

    /** A file that is gone lets nobody in; one that somebody is writing by hand changes nothing until it is whole. */
    private void read() {
        try {
            list = new AccessFile(path).read();
            complaint = "";
        } catch (NoSuchFileException e) {
            list = AccessList.EMPTY;
            complain("is gone: nobody has access");
        } catch (IOException e) {
            complain("cannot be used, what it said before still holds: " + e.getMessage());
        }
    }

    private void complain(String what) {
        if (!what.equals(complaint)) {
            LOG.error("the access file {} {}", path, what);
            complaint = what;
        }
    }
}
