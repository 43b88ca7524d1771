package org.knockon.containertests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An image that docker/compose.yaml names. */
enum Image {
    BASE,
    KAFKA,
    REGISTRY,
    PROMETHEUS;

    /** Returns name and version, the default of the variable of compose.yaml. */
    String tag() {
        Path compose = Path.of("..", "docker", "compose.yaml");
        try {
            Matcher named =
                    Pattern.compile("\\$\\{" + name() + "_IMAGE:-([^}]+)}").matcher(Files.readString(compose));
            if (!named.find()) {
                throw new AssertionError(compose + " names no " + name() + "_IMAGE");
            }
            return named.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean here() {
        return Command.docker("image", "inspect", tag()).run().exitCode() == 0;
    }
}
