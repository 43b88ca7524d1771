package org.knockon.cli.warroom;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Opens the default browser of this machine. */
public final class Browser {

    private Browser() {}

    /**
     * Opens a page.
     *
     * @return the error message; empty on success
     */
    public static String open(String address) {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        List<String> command = system.contains("mac")
                ? List.of("open", address)
                : system.contains("win")
                        ? List.of("rundll32", "url.dll,FileProtocolHandler", address)
                        : List.of("xdg-open", address);
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return "";
        } catch (IOException e) {
            return "cannot open a browser on this machine: " + e.getMessage();
        }
    }
}
