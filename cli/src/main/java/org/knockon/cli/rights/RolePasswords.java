package org.knockon.cli.rights;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.knockon.producers.yaml.Utf8File;

/** The password of the user of each role, from a properties file such as {@code streams=...}. */
final class RolePasswords {

    private final Map<Role, String> passwords;

    private RolePasswords(Map<Role, String> passwords) {
        this.passwords = passwords;
    }

    /**
     * Reads a file that has a password for each of these roles. It may have more.
     *
     * @throws IllegalArgumentException if it cannot be read, names something else than a role, or lacks one; no message contains a password
     */
    static RolePasswords read(Path file, Collection<Role> needed) {
        Properties lines = new Properties();
        try {
            lines.load(new StringReader(Utf8File.read(file)));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("no such file: " + file, e);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException("cannot read " + file + ": " + e.getMessage(), e);
        }
        Map<Role, String> passwords = lines.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> role(file, name), lines::getProperty));
        List<Role> missing = needed.stream()
                .filter(role -> passwords.getOrDefault(role, "").isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(file + " has no password for " + missing.get(0)
                    + ": it needs a line ROLE=PASSWORD for each role, or --for ROLE");
        }
        return new RolePasswords(passwords);
    }

    private static Role role(Path file, String name) {
        try {
            return Role.named(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    String of(Role role) {
        return passwords.get(role);
    }
}
