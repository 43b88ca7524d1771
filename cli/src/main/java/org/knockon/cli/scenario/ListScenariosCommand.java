package org.knockon.cli.scenario;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.knockon.cli.console.CommonOptions;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.console.Json;
import org.knockon.cli.console.OutputOption;
import org.knockon.cli.console.TextTable;
import org.knockon.producers.scenario.ScenarioCatalogue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code knockon scenario list}. */
@Command(
        name = "list",
        sortOptions = false,
        description = "Lists the built-in scenarios.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:listed", "2:the command line is invalid"},
        footerHeading = "%nExamples:%n",
        footer = {"  knockon scenario list", "  knockon scenario list --output json"})
public final class ListScenariosCommand implements Callable<Integer> {

    @Mixin
    private OutputOption output;

    @Mixin
    CommonOptions common;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<ScenarioCatalogue.Entry> entries = ScenarioCatalogue.list();
        if (output.json()) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            entries.forEach(entry -> all.addObject().put("name", entry.name()).put("title", entry.title()));
            out.println(Json.line(all));
        } else {
            TextTable table = new TextTable(1);
            entries.forEach(entry -> table.row(entry.name(), entry.title()));
            table.lines().forEach(out::println);
        }
        return ExitCodes.OK;
    }
}
