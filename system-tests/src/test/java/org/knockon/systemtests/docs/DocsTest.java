package org.knockon.systemtests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.knockon.cli.Knockon;
import picocli.CommandLine;

/** Everything that the documents name must exist: files, headings, folders, scripts, subcommands. */
class DocsTest {

    private static final Pattern SCRIPT = Pattern.compile("(?:^|[ ;|&(])\\./([\\w.-]+)");
    private static final Pattern SUBCOMMAND = Pattern.compile("(?:^|\\./)knockon ([a-z][a-z-]*)");

    private final List<Document> documents = Document.all();

    @Test
    void everyLinkHasATarget() {
        List<String> dead = new ArrayList<>();
        for (Document document : documents) {
            for (String link : document.links()) {
                Path target = document.resolve(link);
                if (!Files.exists(target) || !holdsAnchor(target, link)) {
                    dead.add(document + " -> " + link);
                }
            }
        }
        assertThat(dead).as("links without a target").isEmpty();
    }

    @Test
    void everyDocumentCanBeReachedFromTheReadme() {
        Set<Path> reached = new HashSet<>();
        Deque<Path> open = new ArrayDeque<>(List.of(Document.ROOT.resolve("README.md")));
        while (!open.isEmpty()) {
            Path file = open.pop();
            if (reached.add(file)) {
                documents.stream()
                        .filter(document -> document.file().equals(file))
                        .forEach(document ->
                                document.links().stream().map(document::resolve).forEach(open::push));
            }
        }
        assertThat(documents)
                .as("documents, each reached by links from README.md")
                .isNotEmpty()
                .allSatisfy(document -> assertThat(reached).contains(document.file()));
    }

    @Test
    void everyPathInCodeExists() {
        List<String> missing = new ArrayList<>();
        for (Document document : documents) {
            for (String code : document.code()) {
                if (startsAtTheRoot(code) && !Files.exists(Document.ROOT.resolve(code))) {
                    missing.add(document + ": " + code);
                }
            }
        }
        assertThat(missing).as("paths that do not exist").isEmpty();
    }

    @Test
    void everyScriptInCodeExistsAndIsExecutable() {
        List<String> missing = new ArrayList<>();
        for (Document document : documents) {
            for (String code : document.code()) {
                for (Matcher named = SCRIPT.matcher(code); named.find(); ) {
                    if (!Files.isExecutable(Document.ROOT.resolve(named.group(1)))) {
                        missing.add(document + ": " + code);
                    }
                }
            }
        }
        assertThat(missing).as("scripts that are missing or not executable").isEmpty();
    }

    @Test
    void everySubcommandInCodeExists() {
        Set<String> subcommands =
                new CommandLine(new Knockon()).getSubcommands().keySet();
        assertThat(subcommands).isNotEmpty();
        List<String> unknown = new ArrayList<>();
        for (Document document : documents) {
            for (String code : document.code()) {
                Matcher named = SUBCOMMAND.matcher(code);
                if (named.find() && !subcommands.contains(named.group(1))) {
                    unknown.add(document + ": " + code);
                }
            }
        }
        assertThat(unknown).as("subcommands that do not exist").isEmpty();
    }

    private boolean holdsAnchor(Path target, String link) {
        int hash = link.indexOf('#');
        return hash < 0
                || documents.stream()
                        .anyMatch(document -> document.file().equals(target)
                                && document.anchors().contains(link.substring(hash + 1)));
    }

    /** Whether this is only a path from the root of the repository, and not one that a build creates. */
    private static boolean startsAtTheRoot(String code) {
        int slash = code.indexOf('/');
        return slash > 0
                && code.matches("[\\w./-]+")
                && !code.startsWith("./")
                && !code.contains("/target")
                && Files.isDirectory(Document.ROOT.resolve(code.substring(0, slash)));
    }
}
