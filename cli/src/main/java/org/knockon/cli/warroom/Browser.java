package org.knockon.cli.warroom;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The browser of whoever sits at this machine. */
public final class Browser {

    private Browser() {}

    /**
     * Opens a page in it.
     *
     * @return what to tell the user when that was not possible; empty when it was
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
            return "cannot open a browser here: " + e.getMessage();
        }
    }
}
