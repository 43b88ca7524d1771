package org.knockon.server.access;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * Permissions of files with secrets, if the file system has owners. The group may read, because secrets are mounted
 * like that.
 */
public final class FilePermissions {

    private static final Set<PosixFilePermission> FORBIDDEN = EnumSet.of(
            PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private FilePermissions() {}

    /** @throws FileSystemException if others may read the file, or anyone but its owner may write it */
    public static void requirePrivate(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null && view.readAttributes().permissions().stream().anyMatch(FORBIDDEN::contains)) {
            throw new FileSystemException(file.toString(), null, "others may read or change it; run 'chmod 600' on it");
        }
    }

    /** Copies owner, group and permissions. */
    public static void copy(Path from, Path to) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (view != null) {
            PosixFileAttributes wanted = Files.readAttributes(from, PosixFileAttributes.class);
            PosixFileAttributes current = view.readAttributes();
            if (!wanted.owner().equals(current.owner())) {
                view.setOwner(wanted.owner());
            }
            if (!wanted.group().equals(current.group())) {
                view.setGroup(wanted.group());
            }
            view.setPermissions(wanted.permissions());
        }
    }
}
