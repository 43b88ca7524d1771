package org.knockon.streams.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;

/**
 * The {@code group.instance.id} of this instance. It outlives the process: an instance that restarts with the same id
 * gets its partitions back at once, while without an id the group waits for the old session to time out. It is stored
 * next to the stores, because these belong to one instance only, and two members with the same id would fence each
 * other.
 */
final class InstanceName {

    private static final String FILE = "instance-name";

    private InstanceName() {}

    /**
     * The instance id stored in the folder; created if missing.
     *
     * @throws SettingsException if the folder cannot be written
     */
    static String of(Path stateDir, String applicationId) {
        Path file = stateDir.resolve(applicationId).resolve(FILE);
        try {
            if (Files.notExists(file)) {
                write(file, UUID.randomUUID().toString());
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new SettingsException(List.of("state.dir " + stateDir + " cannot be used: " + e));
        }
    }

    /** Writes atomically: a crash must not leave an empty name. */
    private static void write(Path file, String name) throws IOException {
        Files.createDirectories(file.getParent());
        Path written = Files.createTempFile(file.getParent(), FILE, null);
        Files.writeString(written, name);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
