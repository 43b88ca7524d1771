package org.knockon.systemtests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** No text of this repository uses a word that is never right here. Everything else about good English is judgement. */
class WordsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** Words with a plain replacement. Between the two parts of the last one, a comment may continue on a new line. */
    private static final Pattern NEVER_RIGHT =
            Pattern.compile("(?i)\\b(?:told|heard|whoever|anew|amid|lest|mend|for[\\s*/#]+ever)\\b");

    private static final Pattern TEXT =
            Pattern.compile(".*\\.(?:java|js|mjs|html|css|md|yaml|yml|avdl|sh|properties|xml)");
    private static final Set<Path> SCRIPTS = Set.of(
            Path.of("knockon"),
            Path.of("verify"),
            Path.of("bench"),
            Path.of(".ci/run"),
            Path.of("docs/pictures/make"),
            Path.of("distribution/build-twice"),
            Path.of("distribution/src/archive/bin/knockon"),
            Path.of("container-tests/provide"),
            Path.of("docker/Dockerfile"),
            Path.of("docker/engine"),
            Path.of("docker/stand-ins"),
            Path.of("docker/image/cluster-secrets"),
            Path.of("docker/image/entrypoint"),
            Path.of("docker/image/healthcheck"),
            Path.of("docker/image/layers"),
            Path.of("docker/image/wall-access"));
    private static final Set<String> NOT_OURS = Set.of("target", "node_modules", ".git", ".idea");
    private static final String THIS_FILE = "WordsTest.java";

    @Test
    void noTextUsesAWordThatIsNeverRight() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : texts()) {
            String text = Files.readString(file);
            for (Matcher word = NEVER_RIGHT.matcher(text); word.find(); ) {
                long line = text.substring(0, word.start()).lines().count();
                found.add(ROOT.relativize(file) + ":" + Math.max(1, line) + ": "
                        + word.group().replaceAll("\\s+", " "));
            }
        }
        assertThat(found).as("words that are never right here; use a plain one").isEmpty();
    }

    @Test
    void findsThemWhereverTheyAre() {
        assertThat("He TOLD me.\n// for\n// ever")
                .satisfies(text ->
                        assertThat(NEVER_RIGHT.matcher(text).results().count()).isEqualTo(2));
        assertThat(NEVER_RIGHT.matcher("mends amidst the untold, as forever").find())
                .isFalse();
    }

    private static List<Path> texts() throws IOException {
        List<Path> texts = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean ours = !NOT_OURS.contains(folder.getFileName().toString());
                return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                boolean text = TEXT.matcher(name).matches() || SCRIPTS.contains(ROOT.relativize(file));
                if (text && !name.equals(THIS_FILE)) {
                    texts.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        assertThat(texts).as("texts of the repository").hasSizeGreaterThan(500);
        return texts;
    }
}
