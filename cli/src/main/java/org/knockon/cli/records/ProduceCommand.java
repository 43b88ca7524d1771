package org.knockon.cli.records;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.knockon.cli.connect.Preflight;
import org.knockon.cli.connect.TopicNames;
import org.knockon.cli.console.Cleanup;
import org.knockon.cli.console.CommandFailure;
import org.knockon.cli.console.CommonOptions;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.console.Figures;
import org.knockon.cli.console.SpeedConverter;
import org.knockon.cli.settings.ConnectionOptions;
import org.knockon.cli.settings.Settings;
import org.knockon.producers.replay.ReplaySpeed;
import org.knockon.schemas.limits.EventTimes;
import org.knockon.schemas.serde.KnockonSerdes;
import org.knockon.streams.app.StreamsAppSettings;
import org.knockon.streams.settings.ClockMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code knockon produce}. */
@Command(
        name = "produce",
        sortOptions = false,
        description = {
            "Writes records to a topic, one JSON object per line.",
            "Each line is {\"key\":.., \"value\":.., \"timestamp\":..}. The value has the fields of the topic's schema, or is null for a"
                    + " tombstone; times are ISO-8601. The default timestamp is the event's own time. The output of 'knockon consume'"
                    + " is valid input.",
            "Reports each invalid line, and each record that the pipeline would reject, with its line number, and continues."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all lines are on the topic",
            "1:some lines are invalid",
            "2:the command line or a setting is invalid, or the file cannot be read",
            "3:the broker or the registry cannot be reached, or the topic is missing"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  knockon produce --topic systems --file systems.jsonl",
            "  knockon produce --topic knockon.system-health --file health.jsonl --speed 60x",
            "  echo '{\"key\":\"pas\",\"value\":null}' | knockon produce --topic systems --file -"
        })
public final class ProduceCommand implements Callable<Integer> {

    @Option(names = "--topic", paramLabel = "T", required = true, description = "With or without the prefix.")
    private String topic;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            required = true,
            description = "File with JSON lines; - for standard input.")
    private String file;

    @Option(
            names = "--speed",
            paramLabel = "60x|max",
            defaultValue = "max",
            converter = SpeedConverter.class,
            description =
                    "Wait between records as their timestamps do, this many times faster. Default: max, no waiting.")
    private ReplaySpeed speed;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    CommonOptions common;

    @Spec
    private CommandSpec spec;

    private final AtomicLong invalid = new AtomicLong();

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = connection.resolve().withLocalDefaults();
        TopicNames.Named named = TopicNames.find(spec.commandLine(), topic, settings.prefix());
        LongUnaryOperator latest = latest(settings, named);
        try (Cleanup cleanup = Cleanup.atExit();
                Utf8Lines in = new Utf8Lines(open())) {
            Preflight.requireAll(settings, named);
            KnockonSerdes serdes = cleanup.add(new KnockonSerdes(settings.client()));
            LineSender sender = cleanup.add(new LineSender(producer(settings), this::report));
            boolean complete = false;
            try {
                send(in, LineReader.of(named, serdes), latest, sender);
                sender.finish();
                complete = true;
            } finally {
                sender.close();
                summarize(named, in, sender, complete);
            }
        } catch (IOException e) {
            throw new CommandFailure(ExitCodes.USAGE, "cannot read " + file + ": " + reason(e), e);
        }
        return invalid.get() == 0 ? ExitCodes.OK : ExitCodes.FAILURES;
    }

    private void send(Utf8Lines in, LineReader<?> reader, LongUnaryOperator latest, LineSender sender)
            throws IOException, InterruptedException {
        Pace pace = new Pace(speed);
        while (true) {
            try {
                String line = in.next();
                if (line == null) {
                    return;
                }
                if (!line.isBlank()) {
                    ProducerRecord<byte[], byte[]> record = read(reader, line, latest);
                    pace.await(record.timestamp());
                    sender.send(in.number(), record);
                }
            } catch (BadRecordException e) {
                report(in.number(), e.getMessage());
            }
            sender.requireNoFailure();
        }
    }

    /** A bug that one line triggers fails that line alone. Kafka's own exceptions concern more than one line, so they stop the command. */
    private static ProducerRecord<byte[], byte[]> read(LineReader<?> reader, String line, LongUnaryOperator latest)
            throws BadRecordException {
        long now = System.currentTimeMillis();
        try {
            return reader.read(line, now, latest.applyAsLong(now));
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            // Without the message, which may quote the record.
            throw new BadRecordException(
                    "unexpected " + e.getClass().getSimpleName() + " at " + e.getStackTrace()[0], e);
        }
    }

    /** The producer's thread calls this too. */
    private void report(long line, String reason) {
        invalid.incrementAndGet();
        spec.commandLine().getErr().println("line " + line + ": " + reason);
    }

    private void summarize(TopicNames.Named named, Utf8Lines in, LineSender sender, boolean complete) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("produced " + Figures.count(sender.sent(), "record", "records") + " to " + named.name()
                + (invalid.get() == 0 ? "" : ", " + Figures.count(invalid.get(), "invalid line", "invalid lines"))
                + (in.number() == 0 ? ", 0 lines read" : "")
                + (complete ? "" : ", stopped after line " + Figures.count(in.number())));
        out.flush();
    }

    /** Latest accepted recording time for a given current time. Records of an exercise may be of any time. */
    private static LongUnaryOperator latest(Settings settings, TopicNames.Named named) {
        ClockMode clock = StreamsAppSettings.parse(settings.ours(), settings.client())
                .pipeline()
                .clock();
        return clock instanceof ClockMode.Live live && !named.prefix().isExercise()
                ? now -> now + live.skew()
                : now -> EventTimes.LATEST;
    }

    private InputStream open() throws IOException {
        return file.equals("-") ? System.in : Files.newInputStream(Path.of(file));
    }

    private static KafkaProducer<byte[], byte[]> producer(Settings settings) {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        config.putAll(settings.client());
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static String reason(IOException e) {
        return e instanceof NoSuchFileException ? "no such file" : e.getMessage();
    }

    /** Waits between records for as long as their timestamps differ, divided by the speed. */
    private static final class Pace {
        private final ReplaySpeed speed;
        private final long startedAt = System.nanoTime();
        private long first = Long.MIN_VALUE;

        Pace(ReplaySpeed speed) {
            this.speed = speed;
        }

        void await(long timestamp) throws InterruptedException {
            if (speed.max()) {
                return;
            }
            if (first == Long.MIN_VALUE) {
                first = timestamp;
            }
            long due = (long) (TimeUnit.MILLISECONDS.toNanos(timestamp - first) / speed.factor());
            long wait = (due - (System.nanoTime() - startedAt)) / 1_000_000;
            if (wait > 0) {
                Thread.sleep(wait);
            }
        }
    }
}
