package org.knockon.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Packages for a test that runs Node.js. */
public final class NodePackages {

    private static final Pattern NO_NETWORK =
            Pattern.compile("ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT|ENOTCACHED");

    private NodePackages() {}

    /**
     * Installs what {@code package.json} of a folder names, without install scripts: no package here needs native code.
     * Skips the test if Node.js or the network is missing.
     */
    public static void install(Class<?> test, Path folder) throws IOException, InterruptedException {
        Program.require(test, "node", "npm");
        Path log = folder.resolve("npm.log");
        Process npm = new ProcessBuilder(
                        "npm",
                        "install",
                        "--ignore-scripts",
                        "--prefer-offline",
                        "--no-audit",
                        "--no-fund",
                        "--no-package-lock")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(npm.waitFor(6, TimeUnit.MINUTES)).as("npm install ended").isTrue();
        } finally {
            npm.destroyForcibly();
        }
        if (npm.exitValue() != 0) {
            String output = Files.readString(log);
            if (NO_NETWORK.matcher(output).find()) {
                Program.skip(test, "cannot download the npm packages: no network");
            }
            fail("npm install: " + output);
        }
    }
}
