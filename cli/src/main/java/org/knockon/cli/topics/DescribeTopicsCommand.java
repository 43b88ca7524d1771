package org.knockon.cli.topics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.knockon.cli.connect.Connectivity;
import org.knockon.cli.connect.Preflight;
import org.knockon.cli.connect.TopicNames;
import org.knockon.cli.console.CommonOptions;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.console.Json;
import org.knockon.cli.console.OutputOption;
import org.knockon.cli.settings.ConnectionOptions;
import org.knockon.cli.settings.Settings;
import org.knockon.schemas.admin.InsyncReplicas;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code knockon topics describe}. */
@Command(
        name = "describe",
        sortOptions = false,
        description =
                "Describes topics: the content of their records, the key, the schema, and the settings on the broker.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:described",
            "2:the command line or a setting is invalid",
            "3:the broker or the registry cannot be reached"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  knockon topics describe", "  knockon topics describe appointments impact-counts --output json"})
public final class DescribeTopicsCommand implements Callable<Integer> {

    @Parameters(paramLabel = "TOPIC", arity = "0..*", description = "With or without the prefix. Default: all topics.")
    private List<String> names = new ArrayList<>();

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
        List<TopicNames.Named> topics = names.stream()
                .map(name -> TopicNames.find(spec.commandLine(), name, settings.prefix()))
                .toList();
        List<TopicState> states;
        try (Admin admin = Preflight.connect(settings)) {
            states = TopicState.of(admin, topics.isEmpty() ? TopicNames.all(settings.prefix()) : topics);
        }
        PrintWriter out = spec.commandLine().getOut();
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (TopicState state : states) {
            int schemaId = state.topic().schemaless() ? 0 : Connectivity.schemaId(settings, state.name() + "-value");
            if (output.json()) {
                ObjectNode json = state.json();
                if (!state.topic().schemaless()) {
                    json.put("schemaId", schemaId == 0 ? null : schemaId);
                }
                all.add(json);
            } else {
                print(out, state, schemaId);
            }
        }
        if (output.json()) {
            out.println(Json.line(all));
        }
        return ExitCodes.OK;
    }

    private static void print(PrintWriter out, TopicState state, int schemaId) {
        out.println(state.name() + (state.exists() ? "" : "  MISSING"));
        out.println("  " + state.topic().doc());
        out.println("  key         " + state.topic().key());
        if (!state.topic().schemaless()) {
            out.println("  schema      " + (schemaId == 0 ? "not registered" : "id " + schemaId));
        }
        if (state.exists()) {
            out.println("  partitions  " + state.partitions() + ", replicas " + state.replicas() + ", at least "
                    + state.minInsyncReplicas() + " in sync");
            out.println("  cleanup     " + state.cleanup() + ", retention " + retention(state.retentionMillis()));
            InsyncReplicas.warning(state.replicas(), state.minInsyncReplicas())
                    .ifPresent(warning -> out.println("  warning     " + warning));
        }
        out.println();
    }

    private static String retention(String millis) {
        long number = Long.parseLong(millis);
        return number < 0 ? "unlimited" : Duration.ofMillis(number).toDays() + " days";
    }
}
