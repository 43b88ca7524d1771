package org.knockon.cli.records;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.knockon.cli.connect.Connectivity;
import org.knockon.cli.connect.TopicNames;
import org.knockon.cli.console.CommonOptions;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.counts.CommittedReader;
import org.knockon.cli.settings.ConnectionOptions;
import org.knockon.cli.settings.Settings;
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
            "Prints the committed records of a topic, one JSON object a line.",
            "Its members are key, value, timestamp, partition, offset and headers. Fields"
                    + " of the value are as in its schema, times in ISO-8601 UTC. Keys and values of dead-letters are"
                    + " Base64, their headers say what was wrong.",
            "A record that cannot be read is reported and the rest goes on. No consumer group is used and nothing is committed."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:printed what was asked for",
            "1:some records could not be read",
            "2:the command line or a setting is wrong",
            "3:the broker or the registry cannot be reached, or there is no such topic",
            "130:ended by Ctrl-C"
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

    @Option(names = "--from-beginning", description = "All that is there. Default: what comes from now on.")
    private boolean fromBeginning;

    @Option(names = "--until-end", description = "End where the topic ended when the command began.")
    private boolean untilEnd;

    @Option(names = "--max", paramLabel = "N", description = "End after this many records.")
    private long max = Long.MAX_VALUE;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    CommonOptions common;

    @Spec
    private CommandSpec spec;

    private long seen;
    private long bad;

    @Override
    public Integer call() {
        Settings settings = connection.resolve().withLocalDefaults();
        TopicNames.Named named = TopicNames.find(spec.commandLine(), topic, settings.prefix());
        if (!named.topic().schemaless()) {
            Connectivity.registry(settings);
        }
        Connectivity.admin(settings).close();
        try (KnockonSerdes serdes = new KnockonSerdes(settings.client());
                LineWriter writer = new LineWriter(named.topic(), serdes);
                CommittedReader reader = new CommittedReader(settings.client(), List.of(named.name()))) {
            Map<TopicPartition, Long> ends = reader.ends();
            if (!fromBeginning) {
                reader.seekToEnd();
            }
            PrintWriter out = spec.commandLine().getOut();
            while (seen < max && !(untilEnd && reader.reached(ends))) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                    if (seen < max && !(untilEnd && record.offset() >= end(ends, record))) {
                        print(out, writer, record);
                    }
                }
                // Also when whoever was reading has gone.
                if (out.checkError()) {
                    break;
                }
            }
        }
        return bad == 0 ? ExitCodes.OK : ExitCodes.FAILURES;
    }

    private static long end(Map<TopicPartition, Long> ends, ConsumerRecord<byte[], byte[]> record) {
        return ends.get(new TopicPartition(record.topic(), record.partition()));
    }

    private void print(PrintWriter out, LineWriter writer, ConsumerRecord<byte[], byte[]> record) {
        seen++;
        try {
            out.println(writer.line(record));
        } catch (BadRecordException e) {
            bad++;
            spec.commandLine()
                    .getErr()
                    .println("partition " + record.partition() + " offset " + record.offset() + ": " + e.getMessage());
        }
    }
}
