package org.knockon.cli.records;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.knockon.cli.connect.Reach;
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
import org.knockon.schemas.KnockonSerdes;
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
            "Puts records on a topic, one JSON object a line.",
            "Each line is {\"key\":.., \"value\":.., \"timestamp\":..}: fields of the value as"
                    + " in the topic's schema, times in ISO-8601, null for a tombstone. Without a timestamp a record carries its"
                    + " event's own time. What 'knockon consume' writes can be produced again.",
            "A bad line is reported with its number and the rest goes on."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every line is on the topic",
            "1:some lines were bad",
            "2:the command line or a setting is wrong, or the file cannot be read",
            "3:the broker or the registry cannot be reached, or there is no such topic"
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

    @Option(names = "--file", paramLabel = "FILE", required = true, description = "JSON lines; - for standard input.")
    private String file;

    @Option(
            names = "--speed",
            paramLabel = "60x|max",
            defaultValue = "max",
            converter = SpeedConverter.class,
            description = "Keep the records' own distance in time, that much faster. Default: max, no waiting.")
    private ReplaySpeed speed;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    CommonOptions common;

    @Spec
    private CommandSpec spec;

    private long lines;
    private long bad;
    private long sent;
    private volatile KafkaException failure;

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = connection.resolve().withLocalDefaults();
        TopicNames.Named named = TopicNames.find(spec.commandLine(), topic, settings.prefix());
        try (Cleanup cleanup = Cleanup.atExit();
                BufferedReader in = new BufferedReader(new InputStreamReader(open(), UTF_8))) {
            Reach.registry(settings);
            try (Admin admin = Reach.admin(settings)) {
                requireTopic(admin, named);
            }
            KnockonSerdes serdes = cleanup.add(new KnockonSerdes(settings.client()));
            KafkaProducer<byte[], byte[]> producer = cleanup.add(producer(settings));
            send(in, LineReader.of(named, serdes), producer);
            producer.flush();
            requireNoFailure();
        } catch (IOException e) {
            throw new CommandFailure(ExitCodes.USAGE, "cannot read " + file + ": " + reason(e), e);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("produced " + Figures.count(sent, "record", "records") + " to " + named.name()
                + (bad == 0 ? "" : ", " + Figures.count(bad, "bad line", "bad lines")));
        return bad == 0 ? ExitCodes.OK : ExitCodes.FOUND_BAD;
    }

    private void send(BufferedReader in, LineReader<?> reader, KafkaProducer<byte[], byte[]> producer)
            throws IOException, InterruptedException {
        Pace pace = new Pace(speed);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            lines++;
            if (line.isBlank()) {
                continue;
            }
            try {
                ProducerRecord<byte[], byte[]> record = reader.read(line, System.currentTimeMillis());
                pace.await(record.timestamp());
                producer.send(record, (metadata, e) -> {
                    if (e != null) {
                        failure = e instanceof KafkaException known ? known : new KafkaException(e);
                    }
                });
                sent++;
            } catch (BadRecordException e) {
                bad++;
                spec.commandLine().getErr().println("line " + lines + ": " + e.getMessage());
            }
            requireNoFailure();
        }
    }

    private void requireNoFailure() {
        KafkaException failed = failure;
        if (failed != null) {
            throw failed;
        }
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

    private static void requireTopic(Admin admin, TopicNames.Named named) {
        if (Reach.described(admin, List.of(named.name())).isEmpty()) {
            throw new CommandFailure(
                    ExitCodes.AWAY, "there is no topic " + named.name() + "; 'knockon topics create' creates it");
        }
    }

    private static String reason(IOException e) {
        return e instanceof NoSuchFileException ? "no such file" : e.getMessage();
    }

    /** Waits so that records go out at the distance of their timestamps, divided by the speed. */
    private static final class Pace {
        private final ReplaySpeed speed;
        private final long began = System.nanoTime();
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
            long due = (long) (Duration.ofMillis(timestamp - first).toNanos() / speed.factor());
            long wait = (due - (System.nanoTime() - began)) / 1_000_000;
            if (wait > 0) {
                Thread.sleep(wait);
            }
        }
    }
}
