package org.knockon.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Deleting folders that other processes may be deleting at the same time. */
final class Folders {
    private Folders() {}

    /** Deletes a folder and all in it; what cannot be deleted, or is gone already, is passed over. */
    static void deleteQuietly(Path folder) {
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
}
