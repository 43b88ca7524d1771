package org.knockon.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.knockon.sandbox.SandboxException.Problem;

/** Operations on the folders of a sandbox. Other processes may delete the same folders at the same time. */
final class Folders {
    private static final long MEBIBYTE = 1 << 20;

    private Folders() {}

    /** Deletes a folder and its content. Skips what cannot be deleted or no longer exists. */
    static void delete(Path folder) {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException | UncheckedIOException goneOrUnreadable) {
            return;
        }
        deepestFirst.forEach(Folders::deleteIfEmpty);
    }

    /** Deletes a file or an empty folder; anything else remains. */
    static void deleteIfEmpty(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException notEmptyOrGone) {
            // The process that uses its content deletes it later.
        }
    }

    /** @throws SandboxException when less than this is free on the disk of {@code folder} */
    static void requireSpace(Path folder, long mebibytes) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace() / MEBIBYTE;
        if (free < mebibytes) {
            throw new SandboxException(
                    Problem.FOLDER,
                    "The disk of " + folder + " has " + free + " MiB free; " + mebibytes + " MiB are needed.",
                    "free some space, or choose a folder on another disk.");
        }
    }

    /** Whether the disk is full. The end of a process frees little space, so this is reliable afterwards too. */
    static boolean isFull(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace() < MEBIBYTE;
        } catch (IOException gone) {
            return false;
        }
    }

    /** The exception for a folder that cannot be used. */
    static SandboxException unusable(Path folder, Exception cause) {
        return new SandboxException(
                Problem.FOLDER,
                "The folder " + folder + " cannot be used: " + cause,
                "make sure that the folder is writable and its disk is not full, or choose another folder.",
                cause);
    }
}
