package org.knockon.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.knockon.sandbox.SandboxException.Problem;

/** The folders of a sandbox; other processes may be deleting the same ones at the same time. */
final class Folders {
    private static final long MEBIBYTE = 1 << 20;

    private Folders() {}

    /** Deletes a folder and all in it; what cannot be deleted, or is gone already, is passed over. */
    static void delete(Path folder) {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException | UncheckedIOException goneOrUnreadable) {
            return;
        }
        deepestFirst.forEach(Folders::deleteIfEmpty);
    }

    /** Deletes a file or an empty folder; anything else stays. */
    static void deleteIfEmpty(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException notEmptyOrGone) {
            // Whoever holds what is in it deletes it later.
        }
    }

    /** @throws SandboxException when the disk of {@code folder} has less than this free */
    static void requireSpace(Path folder, long mebibytes) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace() / MEBIBYTE;
        if (free < mebibytes) {
            throw new SandboxException(
                    Problem.FOLDER,
                    "The disk of " + folder + " has " + free + " MiB free; " + mebibytes + " MiB are needed.",
                    "make room, or choose a folder on another disk.");
        }
    }

    /** Whether nothing more can be written there: a process that ends frees little of what it could not use. */
    static boolean isFull(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace() < MEBIBYTE;
        } catch (IOException gone) {
            return false;
        }
    }

    /** That this folder cannot be used. */
    static SandboxException unusable(Path folder, Exception cause) {
        return new SandboxException(
                Problem.FOLDER,
                "The folder " + folder + " cannot be used: " + cause,
                "make sure that the folder is writable and its disk is not full, or choose another folder.",
                cause);
    }
}
