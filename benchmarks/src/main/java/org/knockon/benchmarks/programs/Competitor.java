package org.knockon.benchmarks.programs;

import org.knockon.benchmarks.harness.ChildJvm;
import org.knockon.benchmarks.harness.Stopwatch;
import org.knockon.sandbox.Sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A program that counts what an outage hits, as it goes along, in a JVM of its own. */
enum Competitor {
    KNOCKON(ComparedProgram.KNOCKON, null, "nothing: the whole of Knock-on"),
    DSL_JOIN(
            ComparedProgram.DSL_JOIN,
            null,
            "one outage a service; arrival order instead of versions; outages given, not found; no catalogue or tolerance; nothing"
                    + " known or presumed; counts by service and in all instead of 13 dimensions"),
    FLINK_ROCKSDB(
            null,
            "rocksdb",
            "one outage a service; arrival order instead of versions; outages given, not found; no catalogue or tolerance; nothing"
                    + " known or presumed; counts by service and in all instead of 13 dimensions"),
    FLINK_HEAP(null, "hashmap", FLINK_ROCKSDB.doesLess);

    private static final int HEAP_MIB = 3_072;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ComparedProgram program;
    private final String backend;
    private final String doesLess;

    Competitor(ComparedProgram program, String backend, String doesLess) {
        this.program = program;
        this.backend = backend;
        this.doesLess = doesLess;
    }

    String doesLess() {
        return doesLess;
    }

    /** Name in results, and of its consumer group behind the prefix. */
    String shown() {
        return name().toLowerCase(Locale.ROOT);
    }

    String group(String prefix) {
        return program == null ? prefix + shown() : program.group(prefix);
    }

    /** Topic of its counts, which Knock-on needs none of: it has its own. */
    String counts(String prefix) {
        return group(prefix) + ".out";
    }

    /** Topic of the outages it is told, its own, so that none sees what the one before it was told. */
    String outages(String prefix) {
        return program == null ? group(prefix) + ".outages" : prefix + DslJoin.OUTAGES;
    }

    /** Takes in a topic of appointments to its end. */
    Stopwatch.Lap throughput(Sandbox sandbox, String prefix, long events, int checkpointMillis)
            throws IOException, InterruptedException {
        String said = ChildJvm.said(start(sandbox, prefix, checkpointMillis, List.of(Long.toString(events))));
        return JSON.readValue(said, Stopwatch.Lap.class);
    }

    /** Goes on until its standard input is closed. */
    Process serve(Sandbox sandbox, String prefix, int checkpointMillis) throws IOException {
        return start(sandbox, prefix, checkpointMillis, List.of());
    }

    private Process start(Sandbox sandbox, String prefix, int checkpointMillis, List<String> events)
            throws IOException {
        if (program != null) {
            List<String> arguments = new ArrayList<>(
                    List.of(program.name(), sandbox.bootstrapServers(), sandbox.schemaRegistryUrl(), prefix));
            arguments.addAll(events);
            return ChildJvm.start(
                    HEAP_MIB, List.of(), System.getProperty("java.class.path"), ComparedProgram.class.getName(), arguments);
        }
        List<String> arguments = new ArrayList<>(List.of(
                backend,
                sandbox.bootstrapServers(),
                sandbox.schemaRegistryUrl(),
                prefix,
                group(prefix),
                outages(prefix),
                counts(prefix),
                Integer.toString(checkpointMillis)));
        arguments.addAll(events);
        return ChildJvm.start(
                HEAP_MIB, FlinkClassPath.OPTIONS, FlinkClassPath.required(), FlinkClassPath.PROGRAM, arguments);
    }
}
