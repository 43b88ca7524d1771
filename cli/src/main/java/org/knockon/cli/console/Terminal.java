package org.knockon.cli.console;

import java.io.Console;
import java.util.Map;

/**
 * Which output streams of this process are terminals, and whether to use colour. The launcher passes this in a system property. Without it,
 * both count as terminals if the JVM has a console, which requires that input and output are terminals.
 */
public record Terminal(boolean out, boolean err, boolean colour) {

    /** Names the streams that are terminals: {@code out}, {@code err}, {@code out,err} or nothing. */
    public static final String PROPERTY = "knockon.terminal";

    /** Describes standard output and error of this process. */
    public static Terminal ofThisProcess() {
        return of(System.getProperty(PROPERTY), isTerminal(System.console()), System.getenv());
    }

    static Terminal of(String property, boolean console, Map<String, String> environment) {
        boolean out = property == null ? console : property.contains("out");
        boolean err = property == null ? console : property.contains("err");
        boolean dumb = "dumb".equals(environment.get("TERM"));
        // no-color.org: any value that is not empty.
        boolean noColour = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(out && !dumb, err && !dumb, (out || err) && !dumb && !noColour);
    }

    /** From JDK 22 on, every process has a console, and a method says whether it is a terminal. */
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
