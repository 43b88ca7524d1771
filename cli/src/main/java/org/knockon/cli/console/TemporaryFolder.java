package org.knockon.cli.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder that is deleted with its content when this is closed. */
public record TemporaryFolder(Path path) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TemporaryFolder.class);

    /** @throws CommandFailure if the system's temporary folder is not writable */
    public static TemporaryFolder create(String name) {
        return new TemporaryFolder(createKept(name));
    }

    /** Creates a folder in the system's temporary folder and keeps it. */
    public static Path createKept(String name) {
        try {
            return Files.createTempDirectory(name + "-");
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCodes.FAILURES, "cannot write to " + System.getProperty("java.io.tmpdir") + ": " + e, e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("cannot delete {}: {}", path, e.toString());
        }
    }
}
