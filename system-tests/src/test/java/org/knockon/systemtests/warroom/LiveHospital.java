package org.knockon.systemtests.warroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.knockon.cli.Knockon;
import org.knockon.systemtests.ChildCommand;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;

/** A small hospital on live topics, with the streams app in its own process and the war room in this one. */
final class LiveHospital implements AutoCloseable {

    private static final String SYSTEM =
            "{\"key\":\"%1$s\",\"value\":{\"name\":\"%2$s\",\"organisation\":\"ZZ9\",\"kind\":\"APPLICATION\",\"dependsOn\":[],"
                    + "\"monitoring\":{\"confirmAfterSeconds\":10,\"recoverAfterSeconds\":10,\"silenceAfterSeconds\":86400},\"standard\":null}}\n";
    private static final String SERVICE =
            "{\"key\":\"clinic\",\"value\":{\"name\":\"Clinic\",\"organisation\":\"ZZ9\",\"site\":\"ZZ901\",\"specialty\":\"320\","
                    + "\"category\":\"OUTPATIENT\",\"requires\":[{\"systemId\":\"pas\",\"capability\":\"SCHEDULING\",\"toleranceMinutes\":0}]}}\n";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final SharedSandbox.Place place;
    private final String prefix;
    private final Path folder;
    private ChildCommand streams;
    private Thread warRoom;
    private StringWriter output;
    private String address;

    LiveHospital(SharedSandbox.Place place, Path folder) throws IOException, InterruptedException {
        this.place = place;
        this.folder = folder;
        prefix = place.prefix();
        run("topics", "create", "--prefix", prefix);
        produce("systems", SYSTEM.formatted("pas", "Patient administration") + SYSTEM.formatted("net", "Network"));
        produce("care-services", SERVICE);
        startStreams();
        startWarRoom("0");
    }

    String address() {
        return address;
    }

    /** @param status status of the system at each time, as the monitor reports it */
    void observe(String monitor, String system, String status, Instant... times) {
        StringBuilder lines = new StringBuilder();
        for (Instant time : times) {
            lines.append(
                    "{\"key\":\"%1$s\",\"value\":{\"systemId\":\"%1$s\",\"status\":\"%2$s\",\"observedAt\":\"%3$s\",\"monitor\":\"%4$s\",\"detail\":null}}\n"
                            .formatted(system, status, time, monitor));
        }
        produce("system-health", lines.toString());
    }

    void startStreams() throws IOException {
        List<String> arguments = new ArrayList<>(List.of("stream", "--prefix", prefix));
        for (String setting : List.of("state.dir=" + folder.resolve("state"), "http.port=0", "threads=1")) {
            arguments.addAll(List.of("--set", setting));
        }
        arguments.addAll(List.of(place.arguments()));
        streams = ChildCommand.start(folder, arguments.toArray(String[]::new));
        streams.awaitLine(line -> line.startsWith("streams app "));
    }

    /** Kills the process, like kill -9. */
    void killStreams() {
        streams.close();
    }

    /** Starts the war room again on the same port. */
    void restartWarRoom() throws InterruptedException {
        startWarRoom(address.replaceFirst(".*:(\\d+)/.*", "$1"));
    }

    void stopWarRoom() throws InterruptedException {
        warRoom.interrupt();
        warRoom.join(TIMEOUT.toMillis());
    }

    /** Number of streams that the server writes. */
    static long streams() {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack -> List.of(stack).stream()
                        .anyMatch(frame -> frame.getClassName().endsWith(".StreamClient")
                                && frame.getMethodName().equals("write")))
                .count();
    }

    private void startWarRoom(String port) throws InterruptedException {
        StringWriter out = new StringWriter();
        output = out;
        List<String> arguments = new ArrayList<>(List.of("war-room", "--port", port, "--prefix", prefix));
        arguments.addAll(List.of(place.arguments()));
        warRoom = new Thread(
                () -> Knockon.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(out, true))
                        .execute(arguments.toArray(String[]::new)),
                "war-room-under-test");
        warRoom.start();
        await().atMost(TIMEOUT).until(() -> output.toString().contains("Ctrl-C") || !warRoom.isAlive());
        assertThat(output.toString()).contains("Ctrl-C");
        address = output.toString().replaceFirst("(?s).* on (http\\S+);.*", "$1");
    }

    private void produce(String topic, String lines) {
        try {
            Path file = Files.writeString(Files.createTempFile(folder, "lines", ".jsonl"), lines);
            run("produce", "--topic", topic, "--file", file.toString(), "--prefix", prefix);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void run(String... arguments) {
        CommandRun run = CommandRun.of(place, arguments);
        if (run.exitCode() != 0) {
            throw new AssertionError(run.toString());
        }
    }

    @Override
    public void close() {
        try {
            stopWarRoom();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (streams != null) {
            streams.close();
        }
    }
}
