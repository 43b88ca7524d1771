package org.knockon.warroom.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Versions that the build wrote into {@code build.properties}. */
record BuildInfo(String version, String uplot) {

    static BuildInfo read() {
        Properties written = new Properties();
        try (InputStream in = BuildInfo.class.getResourceAsStream("/org/knockon/warroom/build.properties")) {
            written.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new BuildInfo(written.getProperty("version"), written.getProperty("uplot"));
    }
}
