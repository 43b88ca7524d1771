package org.knockon.cli.topics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.knockon.cli.connect.Connectivity;
import org.knockon.cli.connect.TopicNames;
import org.knockon.cli.console.CommonOptions;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.console.Json;
import org.knockon.cli.console.OutputOption;
import org.knockon.cli.console.TextTable;
import org.knockon.cli.settings.ConnectionOptions;
import org.knockon.cli.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code knockon topics list}. */
@Command(
        name = "list",
        sortOptions = false,
        description = "Lists the topics of Knock-on and whether they exist.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:listed, whether they exist or not",
            "2:the command line or a setting is invalid",
            "3:the broker cannot be reached"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  knockon topics list", "  knockon topics list --output json"})
public final class ListTopicsCommand implements Callable<Integer> {

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
        List<TopicState> states;
        try (Admin admin = Connectivity.admin(settings)) {
            states = TopicState.of(admin, TopicNames.all(settings.prefix()));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            states.forEach(state -> all.add(state.json()));
            out.println(Json.line(all));
            return ExitCodes.OK;
        }
        TextTable table = new TextTable(1, 3);
        states.forEach(state -> table.row(
                state.name(),
                state.exists() ? "exists" : "MISSING",
                state.exists() ? state.partitions() : "-",
                state.topic().doc()));
        table.lines().forEach(out::println);
        return ExitCodes.OK;
    }
}
