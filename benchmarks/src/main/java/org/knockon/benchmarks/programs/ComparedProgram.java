package org.knockon.benchmarks.programs;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.knockon.benchmarks.harness.ChildJvm;
import org.knockon.benchmarks.harness.Stopwatch;
import org.knockon.sandbox.Sandbox;
import org.knockon.schemas.serde.KnockonSerdes;

/** A program to compare with others: processes a topic of appointments to its end in its own JVM, and prints how long that took. */
public enum ComparedProgram {
    /** Reads and decodes, nothing else. */
    CONSUMER {
        @Override
        Stopwatch.Lap run(ProgramRun run) throws Exception {
            return run.consumer();
        }
    },
    /** The least that exactly-once Kafka Streams can do: copies the bytes of one topic to another. */
    PASS_THROUGH {
        @Override
        Stopwatch.Lap run(ProgramRun run) throws Exception {
            return run.passThrough(false);
        }
    },
    /** The same with one RocksDB store that keeps the newest record of each key, and its changelog. */
    ONE_STORE {
        @Override
        Stopwatch.Lap run(ProgramRun run) throws Exception {
            return run.passThrough(true);
        }
    },
    /** Knock-on with all its functions; nothing is down. */
    KNOCKON {
        @Override
        Stopwatch.Lap run(ProgramRun run) throws Exception {
            return run.knockon();
        }

        @Override
        void serve(ProgramRun run) {
            run.startKnockon();
        }
    },
    /** The foreign-key join of tables that Kafka Streams provides; nothing is down. */
    DSL_JOIN {
        @Override
        Stopwatch.Lap run(ProgramRun run) throws Exception {
            return run.join();
        }

        @Override
        void serve(ProgramRun run) {
            run.newJoin(new KnockonSerdes(run.client()), new LongAdder()).start();
        }
    };

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Index of the first argument of {@link #main} that is a setting. */
    private static final int FIRST_SETTING = 5;

    abstract Stopwatch.Lap run(ProgramRun run) throws Exception;

    /** Starts the program until the JVM exits; only for programs that count what an outage hits. */
    void serve(ProgramRun run) {
        throw new IllegalArgumentException(this + " counts nothing");
    }

    /** Name in results. */
    public String shown() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Name of its consumer group. */
    public String group(String prefix) {
        return prefix + shown();
    }

    /** Topic of its output. Knock-on does not use it: it has topics of its own. */
    public String output(String prefix) {
        return group(prefix) + ".out";
    }

    /** Topics that these programs need in addition to Knock-on's. */
    public static List<String> furtherTopics(String prefix) {
        List<String> topics = new ArrayList<>(List.of(prefix + DslJoin.OUTAGES));
        for (ComparedProgram program : List.of(PASS_THROUGH, ONE_STORE, DSL_JOIN)) {
            topics.add(program.output(prefix));
        }
        return topics;
    }

    /**
     * Processes so many events in a fresh JVM.
     *
     * @param settings of Kafka Streams and its clients, beside those that every run has
     */
    public Stopwatch.Lap measure(Sandbox sandbox, String prefix, long events, int heapMiB, Map<String, String> settings)
            throws IOException, InterruptedException {
        return JSON.readValue(ChildJvm.output(start(sandbox, prefix, events, heapMiB, settings)), Stopwatch.Lap.class);
    }

    /** @param events 0 to serve until the standard input is closed */
    Process start(Sandbox sandbox, String prefix, long events, int heapMiB, Map<String, String> settings)
            throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of(name(), sandbox.bootstrapServers(), sandbox.schemaRegistryUrl(), prefix));
        arguments.add(Long.toString(events));
        settings.forEach((name, value) -> arguments.add(name + "=" + value));
        return ChildJvm.start(heapMiB, ComparedProgram.class, arguments, ProcessBuilder.Redirect.INHERIT);
    }

    /** The child. Arguments: program, brokers, registry, prefix, events, settings. Prints the lap as one line of JSON. */
    public static void main(String[] arguments) throws Exception {
        ComparedProgram program = valueOf(arguments[0]);
        Map<String, Object> client = new HashMap<>();
        client.put("bootstrap.servers", arguments[1]);
        client.put("schema.registry.url", arguments[2]);
        for (String setting : List.of(arguments).subList(FIRST_SETTING, arguments.length)) {
            String[] parts = setting.split("=", 2);
            client.put(parts[0], parts[1]);
        }
        ProgramRun run = new ProgramRun(
                program,
                client,
                arguments[3],
                Long.parseLong(arguments[4]),
                Files.createTempDirectory("knockon-bench"));
        if (run.events() > 0) {
            System.out.println(JSON.writeValueAsString(program.run(run)));
        } else {
            program.serve(run);
            System.in.transferTo(OutputStream.nullOutputStream());
        }
        System.exit(0);
    }
}
