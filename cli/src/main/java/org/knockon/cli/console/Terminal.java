package org.knockon.cli.console;

import java.io.Console;
import java.util.Map;

/**
 * What the streams of this process lead to. The launcher knows and says so in a system property; without it a terminal is assumed
 * where the JVM has a console, which it has only when input and output both are one.
 */
public record Terminal(boolean out, boolean err, boolean colour) {

    /** Which of the streams are terminals: {@code out}, {@code err}, {@code out,err} or nothing. */
    public static final String PROPERTY = "knockon.terminal";

    /** Standard output and error of this process. */
    public static Terminal ofThisProcess() {
        return of(System.getProperty(PROPERTY), isTerminal(System.console()), System.getenv());
    }

    static Terminal of(String said, boolean console, Map<String, String> environment) {
        boolean out = said == null ? console : said.contains("out");
        boolean err = said == null ? console : said.contains("err");
        boolean dumb = "dumb".equals(environment.get("TERM"));
        // no-color.org: present and not empty, whatever its value.
        boolean noColour = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(out && !dumb, err && !dumb, (out || err) && !dumb && !noColour);
    }

    /** JDK 22 and newer give a console to every process, and can say whether it is a terminal. */
    private static boolean isTerminal(Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException before22) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
