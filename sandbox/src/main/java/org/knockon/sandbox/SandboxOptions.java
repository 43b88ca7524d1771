package org.knockon.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Options for starting a sandbox. {@link #defaults()} suits tests and the demo.
 *
 * @param folder folder for the data; empty for a temporary folder that is deleted with the sandbox
 * @param brokerPort the broker's port on the loopback interface, 0 for any free one
 * @param registryPort the registry's port on the loopback interface, 0 for any free one
 * @param cache folder for the registry's program after its download
 * @param maven the command that downloads it
 * @param registryArchive file with the registry's program, used instead of a download
 * @param startTimeout how long the broker and the registry may each take to become ready, without the download
 * @param progress receives one line for each step of the start, from any thread
 */
public record SandboxOptions(
        Optional<Path> folder,
        int brokerPort,
        int registryPort,
        Path cache,
        String maven,
        Optional<Path> registryArchive,
        Duration startTimeout,
        Consumer<String> progress) {

    private static final int LAST_PORT = 65_535;

    /** @throws IllegalArgumentException naming every invalid value */
    public SandboxOptions {
        List<String> wrong = new ArrayList<>();
        if (brokerPort < 0 || brokerPort > LAST_PORT) {
            wrong.add("brokerPort must be 0 to 65535, not " + brokerPort);
        }
        if (registryPort < 0 || registryPort > LAST_PORT) {
            wrong.add("registryPort must be 0 to 65535, not " + registryPort);
        }
        if (brokerPort != 0 && brokerPort == registryPort) {
            wrong.add("brokerPort and registryPort must differ, both are " + brokerPort);
        }
        if (startTimeout.isNegative() || startTimeout.isZero()) {
            wrong.add("startTimeout must be positive, not " + startTimeout);
        }
        if (maven.isBlank()) {
            wrong.add("maven must name a command");
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", wrong));
        }
    }

    /** Temporary folder, free ports, the user's cache folder and {@code mvn}, two minutes, no progress shown. */
    public static SandboxOptions defaults() {
        return new SandboxOptions(
                Optional.empty(), 0, 0, userCache(), "mvn", Optional.empty(), Duration.ofMinutes(2), line -> {});
    }

    /** Keeps the data in this folder, for the next start too. */
    public SandboxOptions withFolder(Path kept) {
        return new SandboxOptions(
                Optional.of(kept), brokerPort, registryPort, cache, maven, registryArchive, startTimeout, progress);
    }

    /** Uses these ports; 0 for any free one. */
    public SandboxOptions withPorts(int broker, int registry) {
        return new SandboxOptions(folder, broker, registry, cache, maven, registryArchive, startTimeout, progress);
    }

    /** Keeps the registry's program in this folder. */
    public SandboxOptions withCache(Path folderOfPrograms) {
        return new SandboxOptions(
                folder, brokerPort, registryPort, folderOfPrograms, maven, registryArchive, startTimeout, progress);
    }

    /** Downloads with this command instead of {@code mvn}. */
    public SandboxOptions withMaven(String command) {
        return new SandboxOptions(
                folder, brokerPort, registryPort, cache, command, registryArchive, startTimeout, progress);
    }

    /** Takes the registry's program from this file, which must be the released archive, instead of downloading it. */
    public SandboxOptions withRegistryArchive(Path file) {
        return new SandboxOptions(
                folder, brokerPort, registryPort, cache, maven, Optional.of(file), startTimeout, progress);
    }

    /** Waits at most this long for each of the two processes. */
    public SandboxOptions withStartTimeout(Duration longest) {
        return new SandboxOptions(folder, brokerPort, registryPort, cache, maven, registryArchive, longest, progress);
    }

    /** Sends one line for each step of the start to this consumer. */
    public SandboxOptions withProgress(Consumer<String> listener) {
        return new SandboxOptions(
                folder, brokerPort, registryPort, cache, maven, registryArchive, startTimeout, listener);
    }

    private static Path userCache() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        boolean named = xdg != null && Path.of(xdg).isAbsolute();
        Path home = named ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
        return home.resolve("knockon");
    }
}
