package org.knockon.cli.records;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.knockon.cli.connect.Preflight;
import org.knockon.cli.connect.TopicNames;
import org.knockon.cli.console.CommonOptions;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.settings.ConnectionOptions;
import org.knockon.cli.settings.Settings;
import org.knockon.schemas.reading.CommittedReader;
import org.knockon.schemas.serde.KnockonSerdes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code knockon consume}. */
@Command(
        name = "consume",
        sortOptions = false,
        description = {
            "Prints the committed records of a topic, one JSON object per line.",
            "The members are key, value, timestamp, partition, offset and headers. The value has the fields of its schema; times"
                    + " are ISO-8601 in UTC. Keys and values of dead-letters are Base64; their headers name the error.",
            "Reports unreadable records and continues. Uses no consumer group and commits nothing."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:printed all requested records",
            "1:some records are unreadable",
            "2:the command line or a setting is invalid",
            "3:the broker or the registry cannot be reached, or the topic is missing",
            "130:interrupted by Ctrl-C"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  knockon consume --topic outages --from-beginning",
            "  knockon consume --topic impact-counts --from-beginning --until-end > counts.jsonl",
            "  knockon consume --topic dead-letters --from-beginning --max 1"
        })
public final class ConsumeCommand implements Callable<Integer> {

    private static final Duration POLL = Duration.ofMillis(200);

    @Option(names = "--topic", paramLabel = "T", required = true, description = "With or without the prefix.")
    private String topic;

    @Option(names = "--from-beginning", description = "Start at the first record. Default: new records only.")
    private boolean fromBeginning;

    @Option(names = "--until-end", description = "Stop at the position where the topic ended when the command started.")
    private boolean untilEnd;

    @Option(names = "--max", paramLabel = "N", description = "Stop after this many records.")
    private long max = Long.MAX_VALUE;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    CommonOptions common;

    @Spec
    private CommandSpec spec;

    private long printed;
    private long unreadable;

    @Override
    public Integer call() {
        Settings settings = connection.resolve().withLocalDefaults();
        TopicNames.Named named = TopicNames.find(spec.commandLine(), topic, settings.prefix());
        Preflight.requireServers(settings, named.topic());
        try (KnockonSerdes serdes = new KnockonSerdes(settings.client());
                LineWriter writer = new LineWriter(named.topic(), serdes);
                CommittedReader reader = new CommittedReader(settings.client(), List.of(named.name()))) {
            Map<TopicPartition, Long> ends = reader.ends();
            if (!fromBeginning) {
                reader.seekToEnd();
            }
            PrintWriter out = spec.commandLine().getOut();
            while (printed < max && !(untilEnd && reader.reached(ends))) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                    if (printed < max && !(untilEnd && record.offset() >= end(ends, record))) {
                        print(out, writer, record);
                    }
                }
                // The reader of our output may have closed the pipe.
                if (out.checkError()) {
                    break;
                }
            }
        }
        return unreadable == 0 ? ExitCodes.OK : ExitCodes.FAILURES;
    }

    private static long end(Map<TopicPartition, Long> ends, ConsumerRecord<byte[], byte[]> record) {
        return ends.get(new TopicPartition(record.topic(), record.partition()));
    }

    private void print(PrintWriter out, LineWriter writer, ConsumerRecord<byte[], byte[]> record) {
        printed++;
        try {
            out.println(writer.line(record));
        } catch (BadRecordException e) {
            unreadable++;
            spec.commandLine()
                    .getErr()
                    .println("partition " + record.partition() + " offset " + record.offset() + ": " + e.getMessage());
        }
    }
}
