package org.knockon.systemtests.docs;

import static java.util.stream.Collectors.toCollection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Markdown file of this repository, and the parts of it that tests check. */
record Document(Path file, String text) {

    private static final Pattern FENCE = Pattern.compile("(?ms)^ *```[^\\n]*\\n(.*?)^ *```");
    private static final Pattern INLINE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]\\n]*\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.*?) *$");
    private static final Set<String> SKIPPED_FOLDERS = Set.of("target", "node_modules", ".git", ".idea");

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** Returns every Markdown file, in no particular order. */
    static List<Document> all() {
        List<Document> documents = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    boolean wanted =
                            !SKIPPED_FOLDERS.contains(folder.getFileName().toString());
                    return wanted ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (file.toString().endsWith(".md")) {
                        documents.add(new Document(file, Files.readString(file)));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the repository at " + ROOT, e);
        }
        return documents;
    }

    /** Returns the targets of links to files and headings of this repository, as written. */
    List<String> links() {
        String prose = INLINE.matcher(FENCE.matcher(text).replaceAll("")).replaceAll("");
        return LINK.matcher(prose)
                .results()
                .map(match -> match.group(1))
                .filter(target -> !target.matches("[a-z]+:.*"))
                .toList();
    }

    /** Returns the file that a link points to: this file, for a link within the page. */
    Path resolve(String link) {
        String path = link.replaceFirst("#.*", "");
        return path.isEmpty() ? file : file.resolveSibling(path).normalize();
    }

    /** Returns the content of code spans and the lines of code blocks. */
    List<String> code() {
        List<String> code = new ArrayList<>();
        FENCE.matcher(text)
                .results()
                .forEach(match -> match.group(1)
                        .lines()
                        .map(line -> line.replaceFirst("^\\s*\\$ ", "").strip())
                        .forEach(code::add));
        INLINE.matcher(FENCE.matcher(text).replaceAll(""))
                .results()
                .map(match -> match.group(1))
                .forEach(code::add);
        return code;
    }

    /** @param path path from the root of the repository */
    static Document named(String path) {
        Path file = ROOT.resolve(path);
        try {
            return new Document(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    /** Returns the text from a heading to the next one of any level; empty if there is no such heading. */
    Optional<Document> section(String heading) {
        Matcher found = Pattern.compile("(?ms)^#{1,6} " + Pattern.quote(heading) + " *$(.*?)(?=^#{1,6} |\\z)")
                .matcher(text);
        return found.find() ? Optional.of(new Document(file, found.group(1))) : Optional.empty();
    }

    /** Returns the cells of the table rows, without the headings. */
    List<List<String>> rows() {
        return text.lines()
                .filter(line -> line.startsWith("|"))
                .filter(line -> !line.startsWith("|---"))
                .map(line -> Stream.of(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .skip(1)
                .toList();
    }

    /** Returns the content of each code block in a language. */
    List<String> blocks(String language) {
        return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```")
                .matcher(text)
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    /** Returns the anchors of the headings. */
    Set<String> anchors() {
        return HEADING.matcher(FENCE.matcher(text).replaceAll(""))
                .results()
                .map(Document::anchor)
                .collect(toCollection(TreeSet::new));
    }

    private static String anchor(MatchResult heading) {
        return heading.group(1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    @Override
    public String toString() {
        return ROOT.relativize(file).toString();
    }
}
