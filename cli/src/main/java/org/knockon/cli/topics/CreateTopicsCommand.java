package org.knockon.cli.topics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.knockon.cli.connect.Preflight;
import org.knockon.cli.console.CommonOptions;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.console.Json;
import org.knockon.cli.console.OutputOption;
import org.knockon.cli.settings.ConnectionOptions;
import org.knockon.cli.settings.Settings;
import org.knockon.schemas.admin.SchemaAdmin;
import org.knockon.schemas.admin.TopicAdmin;
import org.knockon.schemas.admin.TopicOptions;
import org.knockon.schemas.admin.TopicReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code knockon topics create}. */
@Command(
        name = "create",
        sortOptions = false,
        description = {
            "Creates missing topics and registers their schemas.",
            "Later versions of a schema must be FULL_TRANSITIVE compatible. Safe to repeat: existing topics stay unchanged,"
                    + " and differences are reported."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all topics and schemas exist",
            "1:an existing topic has other settings than the command would give it",
            "2:the command line or a setting is invalid",
            "3:the broker or the registry cannot be reached"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  knockon topics create",
            "  knockon topics create --replication-factor 3 --partitions 12",
            "  knockon topics create --replication-factor 5 --min-insync-replicas 3",
            "  knockon topics create --prefix knockon.replay.rehearsal. --replay"
        })
public final class CreateTopicsCommand implements Callable<Integer> {

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "4",
            description = "Number of partitions, the same for every partitioned topic. Default: 4.")
    private int partitions;

    @Option(
            names = "--replication-factor",
            paramLabel = "N",
            defaultValue = "-1",
            description = "Replicas of each topic. Default: that of the broker.")
    private short replicationFactor;

    @Option(
            names = "--min-insync-replicas",
            paramLabel = "N",
            description =
                    "How many replicas must have a record before it is acknowledged. Default: 2 where a topic has at"
                            + " least 3 replicas, else that of the broker.")
    private Integer minInsyncReplicas;

    @Option(names = "--replay", description = "Delete nothing by age, because the records have old event times.")
    private boolean replay;

    @Mixin
    private OutputOption output;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    CommonOptions common;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = connection.resolve().withLocalDefaults();
        TopicOptions options = options();
        TopicReport report;
        try (Admin admin = Preflight.connect(settings)) {
            report = TopicAdmin.create(admin, settings.prefix(), options);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        Map<String, Integer> schemas = SchemaAdmin.register(settings.client(), settings.prefix());
        PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            out.println(Json.line(json(report, schemas)));
        } else {
            report.created().forEach(topic -> out.println("created  " + topic));
            report.existing().forEach(topic -> out.println("existed  " + topic));
            out.println("schemas  " + schemas.size() + " registered, compatibility " + SchemaAdmin.COMPATIBILITY);
        }
        report.differences().forEach(spec.commandLine().getErr()::println);
        return report.differences().isEmpty() ? ExitCodes.OK : ExitCodes.FAILURES;
    }

    private TopicOptions options() {
        try {
            return new TopicOptions(
                    partitions,
                    replicationFactor,
                    replay,
                    minInsyncReplicas == null ? OptionalInt.empty() : OptionalInt.of(minInsyncReplicas));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static ObjectNode json(TopicReport report, Map<String, Integer> schemas) {
        ObjectNode json = Json.object();
        report.created().forEach(json.putArray("created")::add);
        report.existing().forEach(json.putArray("existing")::add);
        ArrayNode differences = json.putArray("differences");
        report.differences()
                .forEach(difference -> differences
                        .addObject()
                        .put("topic", difference.topic())
                        .put("setting", difference.setting())
                        .put("expected", difference.expected())
                        .put("actual", difference.actual()));
        ObjectNode ids = json.putObject("schemas");
        schemas.forEach(ids::put);
        return json;
    }
}
