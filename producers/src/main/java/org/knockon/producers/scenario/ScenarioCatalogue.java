package org.knockon.producers.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.knockon.producers.yaml.Item;
import org.knockon.producers.yaml.Utf8File;

/** The scenarios that come with Knock-on, and those of the user's own. */
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
     * @param nameOrFile a name of {@link #list()}, or the path of a YAML file: whatever holds a slash or ends in .yaml or .yml
     * @throws ScenarioException when there is no such scenario, or with everything that is wrong with it
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
                + " A file of your own is given by its path.");
    }

    /**
     * @throws ScenarioException when it cannot be read, or with everything that is wrong with it
     */
    public static Scenario load(Path file) {
        try {
            String name = file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
            return ScenarioParser.parse(name, file.toString(), Utf8File.read(file));
        } catch (IOException e) {
            throw new ScenarioException("cannot read scenario file " + file + ": " + reason(e));
        }
    }

    /**
     * Writes a scenario that comes with Knock-on into a folder, to be edited. Never overwrites.
     *
     * @return the file
     * @throws ScenarioException when there is no such scenario, or the file cannot be written
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
        if (e instanceof java.nio.file.NoSuchFileException) {
            return "no such file";
        }
        return e instanceof FileAlreadyExistsException ? "it exists already" : e.getMessage();
    }
}
