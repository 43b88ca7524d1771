package org.knockon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares NOTICE with the class path of {@code ./knockon}. It is an IT because the package phase writes that class path. */
class NoticeIT {

    private static final Path NOTICE = Path.of("..", "NOTICE");
    private static final Path CLASS_PATH = Path.of("target", "classpath");

    /** Declare their licence only in a parent pom. */
    private static final Set<String> DECLARE_NOTHING =
            Set.of("com.yammer.metrics:metrics-core", "ca.uhn.hapi:hapi-base", "ca.uhn.hapi:hapi-structures-v251");

    /** Patterns for manifests, poms and licence files, by SPDX identifier. */
    private static final Map<String, Pattern> LICENCES = licences();

    private static final Pattern POM_LICENCES = Pattern.compile("<licenses>.*?</licenses>", Pattern.DOTALL);
    private static final Pattern LICENCE_FILE =
            Pattern.compile("(META-INF/)?(LICENSE|LICENCE|COPYING)[^/]*", Pattern.CASE_INSENSITIVE);

    @Test
    void listsExactlyTheLibrariesOnTheClassPath() throws IOException {
        Map<String, String> listed = listed();
        List<Path> jars = jars();
        assertThat(jars).hasSizeGreaterThan(20);
        List<String> unlisted = jars.stream()
                .filter(jar -> listed.keySet().stream().noneMatch(library -> isOf(jar, library)))
                .map(jar -> jar.getFileName().toString())
                .toList();
        assertThat(unlisted)
                .as("on the class path but not in NOTICE: add 'group:artifact | licence'")
                .isEmpty();
        List<String> gone = listed.keySet().stream()
                .filter(library -> jars.stream().noneMatch(jar -> isOf(jar, library)))
                .toList();
        assertThat(gone).as("in NOTICE but no longer on the class path").isEmpty();
    }

    @Test
    void listsOnlyLicencesThatTheLibrariesDeclare() throws IOException {
        Map<String, List<String>> wrong = new TreeMap<>();
        Map<String, String> listed = listed();
        for (Path jar : jars()) {
            String library = listed.keySet().stream()
                    .filter(name -> isOf(jar, name))
                    .findFirst()
                    .orElse(null);
            if (library == null || DECLARE_NOTHING.contains(library)) {
                continue;
            }
            List<String> declared = declared(jar);
            List<String> named = Arrays.asList(listed.get(library).split(" OR "));
            if (declared.isEmpty() || !declared.containsAll(named)) {
                wrong.put(library + " | " + listed.get(library), declared);
            }
        }
        assertThat(wrong).as("in NOTICE, and what the library declares").isEmpty();
    }

    private static Map<String, Pattern> licences() {
        Map<String, Pattern> licences = new LinkedHashMap<>();
        licences.put("Apache-2.0", Pattern.compile("apache", Pattern.CASE_INSENSITIVE));
        licences.put("EPL-2.0", Pattern.compile("EPL.?2|epl-v20|Eclipse Public License", Pattern.CASE_INSENSITIVE));
        licences.put("LGPL-2.1-only", Pattern.compile("lgpl|Lesser General Public", Pattern.CASE_INSENSITIVE));
        licences.put(
                "GPL-2.0-only WITH Classpath-exception-2.0",
                Pattern.compile("GPL2 w/ CPE|classpath/license", Pattern.CASE_INSENSITIVE));
        licences.put("GPL-2.0-only", Pattern.compile("GNU General Public License, version 2"));
        licences.put("MIT", Pattern.compile("\\bMIT\\b", Pattern.CASE_INSENSITIVE));
        licences.put("BSD-2-Clause", Pattern.compile("BSD[- ]2"));
        // The Go licence is BSD with three clauses.
        licences.put("BSD-3-Clause", Pattern.compile("BSD[- ]3|Go License"));
        licences.put("CC0-1.0", Pattern.compile("CC0"));
        return licences;
    }

    private static List<String> declared(Path jar) throws IOException {
        String text = declaration(jar);
        return LICENCES.entrySet().stream()
                .filter(licence -> licence.getValue().matcher(text).find())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Reads the manifest and the pom, and the licence file only if these name no licence. */
    private static String declaration(Path jar) throws IOException {
        StringBuilder declared = new StringBuilder();
        try (JarFile file = new JarFile(jar.toFile())) {
            if (file.getManifest() != null) {
                String licence = file.getManifest().getMainAttributes().getValue("Bundle-License");
                declared.append(licence == null ? "" : licence).append('\n');
            }
            List<JarEntry> entries = file.stream().toList();
            for (JarEntry entry : entries) {
                if (entry.getName().matches("META-INF/maven/[^/]+/[^/]+/pom\\.xml")) {
                    declared.append(licencesOf(read(file, entry)));
                }
            }
            Path pomBeside = Path.of(jar.toString().replaceFirst("\\.jar$", ".pom"));
            if (Files.exists(pomBeside)) {
                declared.append(licencesOf(Files.readString(pomBeside, StandardCharsets.ISO_8859_1)));
            }
            if (declared.toString().isBlank()) {
                for (JarEntry entry : entries) {
                    if (LICENCE_FILE.matcher(entry.getName()).matches()) {
                        declared.append(read(file, entry));
                    }
                }
            }
        }
        return declared.toString();
    }

    private static String licencesOf(String pom) {
        Matcher licences = POM_LICENCES.matcher(pom);
        return licences.find() ? licences.group() : "";
    }

    private static String read(JarFile file, JarEntry entry) throws IOException {
        return new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Licences by {@code group:artifact}. */
    private static Map<String, String> listed() throws IOException {
        return Files.readAllLines(NOTICE).stream()
                .map(line -> line.split(" \\| "))
                .filter(parts -> parts.length == 2)
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (a, b) -> a, TreeMap::new));
    }

    /** Returns the third-party jars: our own modules are in folders named target. */
    private static List<Path> jars() throws IOException {
        List<Path> jars = new ArrayList<>();
        for (String entry : Files.readString(CLASS_PATH).strip().split(File.pathSeparator)) {
            if (!entry.contains(File.separator + "target" + File.separator)) {
                jars.add(Path.of(entry));
            }
        }
        return jars;
    }

    /** Compares the path in the local repository, which contains group, artifact and version. */
    private static boolean isOf(Path jar, String library) {
        String[] parts = library.split(":");
        return jar.getParent().getParent().endsWith(Path.of(parts[0].replace('.', '/'), parts[1]));
    }
}
