package org.knockon.feeds.settings;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes the key from which pseudonyms are computed. */
public final class PseudonymKeyFile {

    private static final int BYTES = 32;

    private PseudonymKeyFile() {}

    /**
     * Writes a random key as one line of text, which only its owner can read.
     *
     * @throws java.nio.file.FileAlreadyExistsException if the file exists
     * @throws IOException if it cannot be written
     */
    public static void create(Path file) throws IOException {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        FileAttribute<?>[] ownerOnly =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        // The permissions are there before the content.
        Files.createFile(file, ownerOnly);
        Files.writeString(file, HexFormat.of().formatHex(key) + "\n", StandardOpenOption.WRITE);
    }
}
