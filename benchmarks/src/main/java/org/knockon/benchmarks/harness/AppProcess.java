package org.knockon.benchmarks.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;
import org.knockon.streams.app.KnockonStreams;
import org.knockon.streams.app.StreamsAppSettings;

/** The streams app in its own JVM, so that its CPU can be measured alone and so that it can be killed. */
public final class AppProcess implements AutoCloseable {

    /** Questions that the parent asks; the child repeats the question as its reply. */
    private static final String RUNNING = "running";

    private static final String IDLE = "idle";
    private static final Duration MAX_WAIT = Duration.ofMinutes(30);
    private static final String CLIENT = "client.";
    private static final int HEAP_MIB = 1_024;

    private final Process process;
    private final Writer questions;
    private final BufferedReader replies;

    private AppProcess(Process process) {
        this.process = process;
        questions = process.outputWriter(StandardCharsets.UTF_8);
        replies = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Returns at once, long before the app runs. Its log goes to this process's standard error. */
    public static AppProcess start(Map<String, String> settings, Map<String, Object> client) throws IOException {
        return start(settings, client, List.of(), ProcessBuilder.Redirect.INHERIT);
    }

    /**
     * Like {@link #start(Map, Map)}, with another destination for the log. Touches the whole heap at the start: otherwise
     * resident memory rises for as long as the collector finds pages that it has not used yet.
     */
    public static AppProcess startForSoak(
            Map<String, String> settings, Map<String, Object> client, ProcessBuilder.Redirect log) throws IOException {
        return start(settings, client, List.of(ChildJvm.TOUCH_HEAP), log);
    }

    private static AppProcess start(
            Map<String, String> settings, Map<String, Object> client, List<String> options, ProcessBuilder.Redirect log)
            throws IOException {
        String classPath = System.getProperty("java.class.path");
        AppProcess app = new AppProcess(
                ChildJvm.start(HEAP_MIB, options, classPath, AppProcess.class.getName(), List.of(), log));
        settings.forEach((name, value) -> app.send(name + "=" + value));
        client.forEach((name, value) -> app.send(CLIENT + name + "=" + value));
        app.send("");
        return app;
    }

    /** Returns once every stream thread runs: groups joined, stores restored. */
    public void awaitRunning() throws IOException {
        ask(RUNNING);
    }

    /** Returns once the app runs and has no work left. */
    public void awaitIdle() throws IOException {
        ask(IDLE);
    }

    /** CPU used so far by the whole process, in seconds. */
    public double cpuSeconds() {
        return process.info()
                        .totalCpuDuration()
                        .orElseThrow(() -> new IllegalStateException("this platform does not report a process's CPU"))
                        .toNanos()
                / 1e9;
    }

    public long pid() {
        return process.pid();
    }

    /** Like {@code kill -9}; returns once the process is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private void ask(String question) throws IOException {
        send(question);
        String reply = replies.readLine();
        if (!question.equals(reply)) {
            throw new IllegalStateException("the app did not become " + question + "; it replied: " + reply);
        }
    }

    private void send(String line) {
        try {
            questions.write(line + "\n");
            questions.flush();
        } catch (IOException e) {
            throw new IllegalStateException("the app has exited", e);
        }
    }

    /** Shuts the app down cleanly, unless it was killed. */
    @Override
    public void close() {
        ChildJvm.stop(process);
    }

    /** The child: reads settings up to an empty line, then questions; exits when its input ends. */
    public static void main(String[] arguments) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Map<String, String> settings = new HashMap<>();
        Map<String, Object> client = new HashMap<>();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            String[] parts = line.split("=", 2);
            if (parts[0].startsWith(CLIENT)) {
                client.put(parts[0].substring(CLIENT.length()), parts[1]);
            } else {
                settings.put(parts[0], parts[1]);
            }
        }
        try (KnockonStreams app = KnockonStreams.start(StreamsAppSettings.parse(settings, client))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(reached(app, line) ? line : "failed: " + app.failure());
            }
        }
        System.exit(0);
    }

    private static boolean reached(KnockonStreams app, String question) throws InterruptedException {
        if (question.equals(IDLE)) {
            return app.awaitIdle(MAX_WAIT);
        }
        long deadline = System.nanoTime() + MAX_WAIT.toNanos();
        while (app.state() != KafkaStreams.State.RUNNING && System.nanoTime() - deadline < 0) {
            if (app.failure() != null) {
                return false;
            }
            Thread.sleep(5);
        }
        return app.state() == KafkaStreams.State.RUNNING;
    }
}
