package org.knockon.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Prints what a bug report needs: our version, Kafka's and the JVM's. The build writes the first two. */
final class KnockonVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        Properties versions = new Properties();
        try (InputStream written = KnockonVersion.class.getResourceAsStream("version.properties")) {
            versions.load(written);
        } catch (IOException e) {
            throw new UncheckedIOException("version.properties cannot be read from the class path", e);
        }
        return new String[] {
            "knockon " + versions.getProperty("knockon"),
            "kafka   " + versions.getProperty("kafka"),
            "java    " + Runtime.version()
        };
    }
}
