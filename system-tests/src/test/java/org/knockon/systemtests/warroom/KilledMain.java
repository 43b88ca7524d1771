package org.knockon.systemtests.warroom;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.knockon.cli.Knockon;
import org.knockon.streams.app.FatalErrors;

/** A JVM in which {@link ThreadKiller} stops threads. Runs the command once for each name on standard input. */
final class KilledMain {

    /** Not a fatal JVM error, which would end the process. */
    static final Error FAULT = new AssertionError("a test stops this thread");

    private KilledMain() {}

    /** The threads of a command belong to a group with its name, and its output begins with that name. */
    public static void main(String[] arguments) throws IOException {
        FatalErrors.endProcessWhenUncaught();
        System.out.println("ready");
        BufferedReader names = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String name = names.readLine(); name != null; name = names.readLine()) {
            PrintWriter out = new Named(name);
            Runnable command = () -> Knockon.commandLine().setOut(out).execute(arguments);
            new Thread(new ThreadGroup(name), command, "main of " + name).start();
        }
        System.exit(0);
    }

    /** Puts a name before each line on standard output. */
    private static final class Named extends PrintWriter {

        private final String name;

        Named(String name) {
            super(new StringWriter());
            this.name = name;
        }

        @Override
        public void println(String line) {
            System.out.println(name + ": " + line);
        }
    }
}
