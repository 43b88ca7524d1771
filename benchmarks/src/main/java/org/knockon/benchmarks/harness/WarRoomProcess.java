package org.knockon.benchmarks.harness;

import org.knockon.warroom.WarRoomSettings;
import org.knockon.warroom.serve.WarRoom;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The war room in a JVM of its own, on a free loopback port. */
public final class WarRoomProcess implements AutoCloseable {

    private final Process process;
    private final URI address;

    private WarRoomProcess(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Returns once it listens.
     *
     * @param prefix of the topics; the app's group is {@link Testbed#group}
     * @throws IllegalStateException when it ended instead; the reason is in its log
     */
    public static WarRoomProcess start(String prefix, Map<String, Object> client, ProcessBuilder.Redirect log)
            throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xms512m",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WarRoomProcess.class.getName(),
                        prefix,
                        client.get("bootstrap.servers").toString(),
                        client.get("schema.registry.url").toString())
                .redirectError(log)
                .start();
        String address =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (address == null) {
            throw new IllegalStateException("the war room has ended before it listened");
        }
        return new WarRoomProcess(process, URI.create(address));
    }

    /** The address of the wall. */
    public URI address() {
        return address;
    }

    /** The process id, to measure it. */
    public long pid() {
        return process.pid();
    }

    /** A clean end. */
    @Override
    public void close() {
        try (OutputStream input = process.getOutputStream()) {
            input.flush();
        } catch (IOException goneAlready) {
            // Nothing left to close.
        }
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** The child: prefix, broker, registry; ends with its input. */
    public static void main(String[] arguments) throws IOException {
        Map<String, Object> client = new HashMap<>();
        client.put("bootstrap.servers", arguments[1]);
        client.put("schema.registry.url", arguments[2]);
        WarRoomSettings settings = new WarRoomSettings(
                client,
                arguments[0],
                Testbed.group(arguments[0]),
                ZoneId.of("Europe/London"),
                "127.0.0.1",
                0,
                Optional.empty());
        try (WarRoom warRoom = WarRoom.start(settings, System::currentTimeMillis)) {
            System.out.println(warRoom.address());
            while (System.in.read() >= 0) {
                // Nothing is asked; only the end of the input means something.
            }
        }
        System.exit(0);
    }
}
