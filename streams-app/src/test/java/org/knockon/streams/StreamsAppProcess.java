package org.knockon.streams;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.knockon.streams.app.FatalErrors;
import org.knockon.streams.app.KnockonStreams;
import org.knockon.streams.app.StreamsAppSettings;

/** Runs the streams app in a separate process that tests can kill. */
final class StreamsAppProcess {

    /** Thrown in a thread by {@link ThreadKiller}. */
    static final Error FAULT = new Error("by a test");

    static final Error FATAL = new InternalError("by a test");

    /** If this system property is set, the process closes the app after it has processed so many records, and ends. */
    private static final long CLOSE_AFTER = Long.getLong("close.after", Long.MAX_VALUE);

    private StreamsAppProcess() {}

    static Process start(RealPipeline pipeline, Map<String, String> settings, Path log) throws IOException {
        return start(List.of(), pipeline.client(), pipeline.settingsAsText(settings), log);
    }

    static Process start(List<String> jvm, Map<String, Object> client, Map<String, String> settings, Path log)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                // A test ends before code of the optimizing compiler would pay.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), StreamsAppProcess.class.getName()));
        client.forEach((name, value) -> command.add("client." + name + "=" + value));
        settings.forEach((name, value) -> command.add("ours." + name + "=" + value));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    public static void main(String[] args) throws InterruptedException {
        Map<String, String> ours = new HashMap<>();
        Map<String, Object> client = new HashMap<>();
        for (String arg : args) {
            String[] parts = arg.split("=", 2);
            if (parts[0].startsWith("ours.")) {
                ours.put(parts[0].substring("ours.".length()), parts[1]);
            } else {
                client.put(parts[0].substring("client.".length()), parts[1]);
            }
        }
        FatalErrors.endProcessWhenUncaught();
        KnockonStreams app = KnockonStreams.start(StreamsAppSettings.parse(ours, client));
        if (CLOSE_AFTER < Long.MAX_VALUE) {
            while (app.activity().records() < CLOSE_AFTER) {
                Thread.sleep(10);
            }
            System.out.println("closing after " + app.activity().records() + " records");
            app.close();
            System.out.println("closed in state " + app.state() + " after "
                    + app.activity().records() + " records");
            // Like the command line: remaining threads do not keep the process alive.
            System.exit(0);
        }
        while (!app.awaitEnd(Duration.ofMinutes(1))) {
            Thread.onSpinWait();
        }
    }
}
