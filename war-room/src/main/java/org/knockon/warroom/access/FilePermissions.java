package org.knockon.warroom.access;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Files that are nobody else's business, where the file system knows who is who. A group may read: that is how secrets are mounted. */
final class FilePermissions {

    private static final Set<PosixFilePermission> TOO_MUCH = EnumSet.of(
            PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private FilePermissions() {}

    /** @throws FileSystemException when others may read the file, or anybody but its owner may write it */
    static void require(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null && view.readAttributes().permissions().stream().anyMatch(TOO_MUCH::contains)) {
            throw new FileSystemException(
                    file.toString(), null, "others may read or change it; 'chmod 600' keeps it to its owner");
        }
    }

    /** Gives the second file the owner, group and permissions of the first. */
    static void likeBefore(Path before, Path now) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(now, PosixFileAttributeView.class);
        if (view != null) {
            PosixFileAttributes wanted = Files.readAttributes(before, PosixFileAttributes.class);
            PosixFileAttributes has = view.readAttributes();
            if (!wanted.owner().equals(has.owner())) {
                view.setOwner(wanted.owner());
            }
            if (!wanted.group().equals(has.group())) {
                view.setGroup(wanted.group());
            }
            view.setPermissions(wanted.permissions());
        }
    }
}
