package org.knockon.streams.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;

/**
 * The name under which this instance is a member of its group. It outlives the process: whoever comes back after a crash under the
 * same name gets at once what the dead one had, while without one the group waits for the dead one's session to end. It lies beside
 * the stores, for these are one instance's alone, and two members of one name would drive each other out.
 */
final class InstanceName {

    private static final String FILE = "instance-name";

    private InstanceName() {}

    /**
     * That of whoever owns the folder; given to it when it has none.
     *
     * @throws SettingsException when the folder cannot be written
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

    /** Whole or not at all: an empty name would be no name. */
    private static void write(Path file, String name) throws IOException {
        Files.createDirectories(file.getParent());
        Path written = Files.createTempFile(file.getParent(), FILE, null);
        Files.writeString(written, name);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
