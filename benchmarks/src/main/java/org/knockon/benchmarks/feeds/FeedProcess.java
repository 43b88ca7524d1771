package org.knockon.benchmarks.feeds;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knockon.benchmarks.harness.ChildJvm;
import org.knockon.benchmarks.harness.Elapsed;
import org.knockon.benchmarks.harness.Testbed;

/** The feeds, or their zero case, in a JVM of their own. */
final class FeedProcess implements AutoCloseable {

    private static final int HEAP_MIB = 512;

    private final Process process;
    private final URI http;
    private final int port;
    private final double readyAfter;

    private FeedProcess(Process process, URI http, int port, double readyAfter) {
        this.process = process;
        this.http = http;
        this.port = port;
        this.readyAfter = readyAfter;
    }

    /** The feeds, as {@code knockon ingest} runs them. Every page of their heap is resident from the start. */
    static FeedProcess feeds(Testbed testbed, String prefix, Path file) throws IOException {
        return start(testbed, prefix, file, List.of());
    }

    /** The same listener, server and producer, with constant records for constant answers. */
    static FeedProcess constant(Testbed testbed, String prefix, Path file, MessageKind kind) throws IOException {
        return start(testbed, prefix, file, List.of(kind.name()));
    }

    private static FeedProcess start(Testbed testbed, String prefix, Path file, List<String> kind) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                testbed.sandbox().bootstrapServers(), testbed.sandbox().schemaRegistryUrl(), prefix, file.toString()));
        arguments.addAll(kind);
        Elapsed elapsed = new Elapsed();
        Process process = ChildJvm.start(
                HEAP_MIB,
                List.of(ChildJvm.TOUCH_HEAP),
                System.getProperty("java.class.path"),
                FeedProgram.class.getName(),
                arguments,
                ProcessBuilder.Redirect.INHERIT);
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String ready = output.readLine();
        double seconds = elapsed.seconds();
        if (ready == null) {
            throw new IllegalStateException("the feeds ended before they were ready; see standard error");
        }
        String[] places = ready.split(" ");
        return new FeedProcess(process, URI.create(places[0]), Integer.parseInt(places[1]), seconds);
    }

    /** The HTTP server. */
    URI http() {
        return http;
    }

    /** Of the HL7 feed. */
    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** Seconds from the start of the JVM. */
    double readyAfter() {
        return readyAfter;
    }

    /** CPU used so far, in seconds. */
    double cpuSeconds() {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    @Override
    public void close() {
        ChildJvm.stop(process);
    }
}
