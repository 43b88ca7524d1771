package org.knockon.systemtests.kubernetes;

import static java.util.stream.Collectors.toCollection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The page of docker/kubernetes. */
final class Readme {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private Readme() {}

    static String text() {
        try {
            return Files.readString(Manifest.FOLDER.resolve("README.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of the table of Secrets, each as the name of a Secret and one of its keys. */
    static Set<String> secrets() {
        return text().lines()
                .map(String::strip)
                .filter(line -> line.startsWith("| `knockon-"))
                .flatMap(line -> keys(line.split("\\|")))
                .collect(toCollection(TreeSet::new));
    }

    private static Stream<String> keys(String[] cells) {
        String name = CODE.matcher(cells[1])
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
        return CODE.matcher(cells[2]).results().map((MatchResult found) -> name + " " + found.group(1));
    }
}
