package org.knockon.benchmarks.peers;

import org.knockon.benchmarks.programs.FlinkClassPath;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;

/** Versions on the class path of Flink, which this JVM does not have. */
final class Versions {

    private Versions() {}

    /** Of the jar with this artifact's name. */
    static String inJarNames(String artifact) {
        return Arrays.stream(FlinkClassPath.required().split(File.pathSeparator))
                .map(jar -> Path.of(jar).getFileName().toString())
                .filter(name -> name.matches(artifact + "-[0-9].*\\.jar"))
                .map(name -> name.substring(artifact.length() + 1, name.length() - ".jar".length()))
                .findFirst()
                .orElseThrow();
    }
}
