package org.knockon.producers.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.knockon.producers.yaml.Item;
import org.knockon.producers.yaml.Utf8File;

/** Loads the scenarios that come with Knock-on, and the user's own. */
public final class ScenarioCatalogue {
    private static final List<String> NAMES = List.of("july-heatwave-2022", "synnovis-2024", "pas-outage-demo");
    private static final String ENDING = ".yaml";

    /** Name and title of a scenario. */
    public record Entry(String name, String title) {}

    private ScenarioCatalogue() {}

    /** The scenarios that come with Knock-on. */
    public static List<Entry> list() {
        return NAMES.stream().map(name -> new Entry(name, load(name).title())).toList();
    }

    /**
     * Loads a scenario that comes with Knock-on, or one from a file.
     *
     * @param nameOrFile a name from {@link #list()}, or the path of a YAML file; a path contains a slash or ends in
     *     .yaml or .yml
     * @throws ScenarioException if it does not exist, or with all its mistakes
     */
    public static Scenario load(String nameOrFile) {
        if (NAMES.contains(nameOrFile)) {
            return ScenarioParser.parse(nameOrFile, nameOrFile + ENDING, text(nameOrFile));
        }
        boolean file = nameOrFile.contains("/") || nameOrFile.endsWith(ENDING) || nameOrFile.endsWith(".yml");
        if (file) {
            return load(Path.of(nameOrFile));
        }
        throw new ScenarioException("there is no scenario '" + nameOrFile + "'; " + Item.suggest(nameOrFile, NAMES)
                + " To use your own file, give its path.");
    }

    /** @throws ScenarioException if the file cannot be read, or with all its mistakes */
    public static Scenario load(Path file) {
        try {
            String name = file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
            return ScenarioParser.parse(name, file.toString(), Utf8File.read(file));
        } catch (IOException e) {
            throw new ScenarioException("cannot read scenario file " + file + ": " + reason(e));
        }
    }

    /**
     * Writes a scenario that comes with Knock-on into a folder, for editing. Never overwrites a file.
     *
     * @return the file
     * @throws ScenarioException if the scenario does not exist or the file cannot be written
     */
    public static Path export(String name, Path folder) {
        if (!NAMES.contains(name)) {
            throw new ScenarioException("there is no scenario '" + name + "'; " + Item.suggest(name, NAMES));
        }
        Path file = folder.resolve(name + ENDING);
        try {
            Files.createDirectories(folder);
            return Files.writeString(file, text(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new ScenarioException("cannot write " + file + ": " + reason(e));
        }
    }

    /** The YAML of a scenario that comes with Knock-on. */
    private static String text(String name) {
        try (InputStream in = ScenarioCatalogue.class.getResourceAsStream("/scenarios/" + name + ENDING)) {
            if (in == null) {
                throw new IllegalStateException("scenario " + name + " is missing from this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        return e instanceof FileAlreadyExistsException ? "the file already exists" : e.getMessage();
    }
}
