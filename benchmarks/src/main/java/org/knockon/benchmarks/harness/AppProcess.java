package org.knockon.benchmarks.harness;

import org.knockon.streams.app.KnockonStreams;
import org.knockon.streams.app.StreamsAppSettings;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KafkaStreams;

/** The streams app in a JVM of its own, so that its CPU can be told apart and it can be killed. */
public final class AppProcess implements AutoCloseable {

    /** What the parent says and the child answers. */
    private static final String RUNNING = "running";

    private static final String QUIET = "quiet";
    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final String CLIENT = "client.";

    private final Process process;
    private final Writer orders;
    private final BufferedReader answers;

    private AppProcess(Process process) {
        this.process = process;
        orders = process.outputWriter(StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Returns at once, long before the app runs; its log goes where ours goes. */
    public static AppProcess start(Map<String, String> settings, Map<String, Object> client) throws IOException {
        return start(settings, client, ProcessBuilder.Redirect.INHERIT);
    }

    /** The same with its log elsewhere. */
    public static AppProcess start(
            Map<String, String> settings, Map<String, Object> client, ProcessBuilder.Redirect log) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xms1g",
                        "-Xmx1g",
                        "-Xmn256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppProcess.class.getName())
                .redirectError(log)
                .start();
        AppProcess app = new AppProcess(process);
        settings.forEach((name, value) -> app.say(name + "=" + value));
        client.forEach((name, value) -> app.say(CLIENT + name + "=" + value));
        app.say("");
        return app;
    }

    /** Returns once every stream thread runs: groups joined, stores restored. */
    public void awaitRunning() throws IOException {
        ask(RUNNING);
    }

    /** Returns once it runs and has nothing left to do. */
    public void awaitQuiet() throws IOException {
        ask(QUIET);
    }

    /** CPU used so far by the whole process, seconds. */
    public double cpuSeconds() {
        return process.info()
                        .totalCpuDuration()
                        .orElseThrow(() -> new IllegalStateException("the system does not tell a process's CPU"))
                        .toNanos()
                / 1e9;
    }

    /** The process id, to measure it. */
    public long pid() {
        return process.pid();
    }

    /** As kill -9 does; returns once it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private void ask(String question) throws IOException {
        say(question);
        String answer = answers.readLine();
        if (!question.equals(answer)) {
            throw new IllegalStateException("the app was asked whether it is " + question + " and answered " + answer);
        }
    }

    private void say(String line) {
        try {
            orders.write(line + "\n");
            orders.flush();
        } catch (IOException e) {
            throw new IllegalStateException("the app has gone", e);
        }
    }

    /** A clean end, unless it has been killed. */
    @Override
    public void close() {
        try {
            orders.close();
        } catch (IOException goneAlready) {
            // Then there is nobody left to be told.
        }
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                kill();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** The child: settings up to an empty line, then questions; ends with its input. */
    public static void main(String[] arguments) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Map<String, String> settings = new HashMap<>();
        Properties client = new Properties();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            String[] parts = line.split("=", 2);
            if (parts[0].startsWith(CLIENT)) {
                client.put(parts[0].substring(CLIENT.length()), parts[1]);
            } else {
                settings.put(parts[0], parts[1]);
            }
        }
        Map<String, Object> clientSettings = new HashMap<>();
        client.forEach((name, value) -> clientSettings.put(name.toString(), value));
        try (KnockonStreams app = KnockonStreams.start(StreamsAppSettings.parse(settings, clientSettings))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(reached(app, line) ? line : "failed: " + app.failure());
            }
        }
        System.exit(0);
    }

    private static boolean reached(KnockonStreams app, String question) throws InterruptedException {
        if (question.equals(QUIET)) {
            return app.awaitQuiet(LONGEST);
        }
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (app.state() != KafkaStreams.State.RUNNING && System.nanoTime() - deadline < 0) {
            if (app.failure() != null) {
                return false;
            }
            Thread.sleep(5);
        }
        return app.state() == KafkaStreams.State.RUNNING;
    }
}
