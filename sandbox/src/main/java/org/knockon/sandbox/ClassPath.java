package org.knockon.sandbox;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** The class path of this JVM, for child processes. */
final class ClassPath {
    private ClassPath() {}

    /** The folder or jar with this module's classes. */
    static Path ofThisModule() {
        try {
            return Path.of(ClassPath.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** This module first, then the entries of the class loaders above this class, then the JVM's class path. */
    static List<Path> ofThisJvm() {
        Set<Path> found = new LinkedHashSet<>();
        found.add(ofThisModule());
        for (ClassLoader loader = ClassPath.class.getClassLoader(); loader != null; loader = loader.getParent()) {
            if (loader instanceof URLClassLoader urls) {
                Stream.of(urls.getURLs()).forEach(url -> add(url, found));
            }
        }
        found.addAll(of(System.getProperty("java.class.path")));
        return List.copyOf(found);
    }

    /**
     * The existing entries of a class path, and those that its jars name in their manifests. When a class path is long,
     * build tools start programs from a jar that contains only such a manifest.
     */
    static List<Path> of(String classPath) {
        Set<Path> found = new LinkedHashSet<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            if (!entry.isEmpty()) {
                add(Path.of(entry).toAbsolutePath(), found);
            }
        }
        return List.copyOf(found);
    }

    private static void add(URL url, Set<Path> found) {
        try {
            if ("file".equals(url.getProtocol())) {
                add(Path.of(url.toURI()), found);
            }
        } catch (URISyntaxException notAPath) {
            // A child could not read it.
        }
    }

    private static void add(Path entry, Set<Path> found) {
        if (!Files.exists(entry) || !found.add(entry) || Files.isDirectory(entry)) {
            return;
        }
        try (JarFile jar = new JarFile(entry.toFile())) {
            Manifest manifest = jar.getManifest();
            String others =
                    manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            if (others != null) {
                URI base = entry.toUri();
                Stream.of(others.split(" +"))
                        .filter(other -> !other.isEmpty())
                        .map(base::resolve)
                        .filter(uri -> "file".equals(uri.getScheme()))
                        .forEach(uri -> add(Path.of(uri), found));
            }
        } catch (IOException notAJar) {
            // The JVM ignores such entries too.
        }
    }
}
