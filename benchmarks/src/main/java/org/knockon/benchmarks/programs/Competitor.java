package org.knockon.benchmarks.programs;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knockon.benchmarks.harness.ChildJvm;
import org.knockon.benchmarks.harness.Stopwatch;
import org.knockon.sandbox.Sandbox;

/** A program that counts continuously what an outage hits, in its own JVM. */
public enum Competitor {
    KNOCKON(ComparedProgram.KNOCKON, null, "nothing: all of Knock-on"),
    DSL_JOIN(ComparedProgram.DSL_JOIN, null, Competitor.JOIN_DOES_LESS),
    FLINK_ROCKSDB(null, "rocksdb", Competitor.JOIN_DOES_LESS),
    FLINK_HEAP(null, "hashmap", Competitor.JOIN_DOES_LESS);

    private static final String JOIN_DOES_LESS =
            "one outage per service; arrival order instead of versions; outages given, not detected; no catalogue or"
                    + " tolerance; appointments at risk only, none postponed or unconfirmed; counts by service and in all"
                    + " instead of every dimension";

    private static final int HEAP_MIB = 3_072;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Null for Flink, which has a class path of its own. */
    private final ComparedProgram program;

    private final String backend;
    private final String doesLess;

    Competitor(ComparedProgram program, String backend, String doesLess) {
        this.program = program;
        this.backend = backend;
        this.doesLess = doesLess;
    }

    /** What it does not do, in words. */
    public String doesLess() {
        return doesLess;
    }

    /** Name in results. */
    public String shown() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Name of its consumer group. */
    public String group(String prefix) {
        return prefix + shown();
    }

    /** Topic of its counts. Knock-on does not use it: it has topics of its own. */
    public String counts(String prefix) {
        return group(prefix) + ".out";
    }

    /** Topic of the outages given to it; none reads what another one read before. */
    public String outages(String prefix) {
        return program == null ? group(prefix) + ".outages" : prefix + DslJoin.OUTAGES;
    }

    /** Processes a topic of appointments to its end. */
    public Stopwatch.Lap throughput(Sandbox sandbox, String prefix, long events, int checkpointMillis)
            throws IOException, InterruptedException {
        return JSON.readValue(ChildJvm.output(start(sandbox, prefix, events, checkpointMillis)), Stopwatch.Lap.class);
    }

    /** Runs until its standard input is closed. */
    public Process serve(Sandbox sandbox, String prefix, int checkpointMillis) throws IOException {
        return start(sandbox, prefix, 0, checkpointMillis);
    }

    private Process start(Sandbox sandbox, String prefix, long events, int checkpointMillis) throws IOException {
        if (program != null) {
            return program.start(sandbox, prefix, events, HEAP_MIB, Map.of());
        }
        return ChildJvm.start(
                HEAP_MIB,
                FlinkClassPath.OPTIONS,
                FlinkClassPath.required(),
                FlinkClassPath.PROGRAM,
                List.of(
                        backend,
                        sandbox.bootstrapServers(),
                        sandbox.schemaRegistryUrl(),
                        prefix,
                        group(prefix),
                        outages(prefix),
                        counts(prefix),
                        Integer.toString(checkpointMillis),
                        Long.toString(events)),
                ProcessBuilder.Redirect.INHERIT);
    }
}
