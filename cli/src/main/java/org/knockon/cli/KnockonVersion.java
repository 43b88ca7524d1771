package org.knockon.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Prints the versions for a bug report: Knock-on, Kafka and the JVM. The build fills in the first two. */
final class KnockonVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        Properties versions = new Properties();
        try (InputStream written = KnockonVersion.class.getResourceAsStream("version.properties")) {
            versions.load(written);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read version.properties from the class path", e);
        }
        return new String[] {
            "knockon " + versions.getProperty("knockon"),
            "kafka   " + versions.getProperty("kafka"),
            "java    " + Runtime.version()
        };
    }
}
