package org.knockon.benchmarks.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knockon.warroom.WarRoomSettings;
import org.knockon.warroom.serve.WarRoom;

/** The war room in its own JVM, on a free loopback port. */
public final class WarRoomProcess implements AutoCloseable {

    private static final int HEAP_MIB = 512;

    private final Process process;
    private final URI address;

    private WarRoomProcess(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Returns once it listens.
     *
     * @param prefix of the topics; the app's group is {@link AppSettings#group}
     * @throws IllegalStateException if it exits instead; its log holds the reason
     */
    public static WarRoomProcess start(String prefix, Map<String, Object> client, ProcessBuilder.Redirect log)
            throws IOException {
        Process process = ChildJvm.start(
                HEAP_MIB,
                WarRoomProcess.class,
                List.of(
                        prefix,
                        client.get("bootstrap.servers").toString(),
                        client.get("schema.registry.url").toString()),
                log);
        String address =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (address == null) {
            throw new IllegalStateException("the war room exited before it listened");
        }
        return new WarRoomProcess(process, URI.create(address));
    }

    /** Settings of a war room for the app of this prefix, on a free loopback port. */
    public static WarRoomSettings settings(String prefix, Map<String, Object> client) {
        return new WarRoomSettings(client, prefix, ZoneId.of("Europe/London"), "127.0.0.1", 0, Optional.empty());
    }

    /** Address of the wall. */
    public URI address() {
        return address;
    }

    public long pid() {
        return process.pid();
    }

    /** A clean shutdown. */
    @Override
    public void close() {
        ChildJvm.stop(process);
    }

    /** The child: arguments are prefix, broker and registry; exits when its input ends. */
    public static void main(String[] arguments) throws IOException {
        Map<String, Object> client = Map.of("bootstrap.servers", arguments[1], "schema.registry.url", arguments[2]);
        try (WarRoom warRoom = WarRoom.start(settings(arguments[0], client), System::currentTimeMillis)) {
            System.out.println(warRoom.address());
            while (System.in.read() >= 0) {
                // Only the end of the input matters.
            }
        }
        System.exit(0);
    }
}
