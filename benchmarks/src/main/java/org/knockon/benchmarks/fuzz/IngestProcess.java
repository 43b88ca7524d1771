package org.knockon.benchmarks.fuzz;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knockon.benchmarks.harness.ChildJvm;
import org.knockon.feeds.run.Ingest;
import org.knockon.feeds.run.IngestSettings;
import org.knockon.feeds.run.OpenFeed;
import org.knockon.feeds.settings.FeedsFileReader;

/** The feeds of a file in their own JVM, so that their memory, threads and log are theirs alone. */
final class IngestProcess implements AutoCloseable {

    private static final int HEAP_MIB = 384;
    private static final String LOG = "-Dlogback.configurationFile=fuzz-logback.xml";

    private final Process process;
    private final URI http;
    private final Map<String, Integer> ports;

    private IngestProcess(Process process, URI http, Map<String, Integer> ports) {
        this.process = process;
        this.http = http;
        this.ports = ports;
    }

    /**
     * Returns once the feeds are open.
     *
     * @throws IllegalStateException if it exits instead; its log holds the reason
     */
    static IngestProcess start(Path feeds, String prefix, Map<String, Object> client, Path log) throws IOException {
        Process process = ChildJvm.start(
                HEAP_MIB,
                List.of(LOG),
                System.getProperty("java.class.path"),
                IngestProcess.class.getName(),
                List.of(
                        feeds.toString(),
                        prefix,
                        client.get("bootstrap.servers").toString(),
                        client.get("schema.registry.url").toString()),
                ProcessBuilder.Redirect.to(log.toFile()));
        String ready =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (ready == null) {
            throw new IllegalStateException("ingest exited before its feeds were open; see " + log);
        }
        Map<String, Integer> ports = new HashMap<>();
        String[] parts = ready.split(" ");
        for (int i = 1; i < parts.length; i++) {
            String[] feed = parts[i].split("=");
            ports.put(feed[0], Integer.parseInt(feed[1]));
        }
        return new IngestProcess(process, URI.create(parts[0]), ports);
    }

    /** Address of the HTTP server. */
    URI http() {
        return http;
    }

    /** The port of a feed of HL7. */
    int port(String feed) {
        return ports.get(feed);
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        ChildJvm.stop(process);
    }

    /** The child: arguments are feeds file, prefix, broker and registry; exits when its input ends. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, Object> client = Map.of("bootstrap.servers", arguments[2], "schema.registry.url", arguments[3]);
        IngestSettings settings =
                new IngestSettings(client, arguments[1], FeedsFileReader.read(Path.of(arguments[0])), Optional.empty());
        try (Ingest ingest = Ingest.start(settings, InstantSource.system())) {
            List<OpenFeed> open = ingest.open(System.err::println);
            StringBuilder ready = new StringBuilder(ingest.http());
            open.stream()
                    .filter(feed -> feed.port() > 0)
                    .forEach(feed ->
                            ready.append(' ').append(feed.name()).append('=').append(feed.port()));
            System.out.println(ready);
            while (System.in.read() >= 0) {
                // Only the end of the input matters.
            }
        }
        System.exit(0);
    }
}
