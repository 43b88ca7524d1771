package org.knockon.cli.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.knockon.cli.console.CommonOptions;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.console.Figures;
import org.knockon.cli.console.Json;
import org.knockon.cli.console.OutputOption;
import org.knockon.cli.console.TextTable;
import org.knockon.producers.generate.ScenarioEvents;
import org.knockon.producers.scenario.Scenario;
import org.knockon.producers.scenario.ScenarioCatalogue;
import org.knockon.producers.scenario.Source;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code knockon scenario show}. */
@Command(
        name = "show",
        sortOptions = false,
        description = "Shows a scenario: which parts are synthetic, its sources and its size.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown", "2:the scenario does not exist or is invalid; every problem is listed with its line"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  knockon scenario show july-heatwave-2022", "  knockon scenario show my-hospital.yaml --output json"
        })
public final class ShowScenarioCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "SCENARIO",
            description = "A scenario of 'knockon scenario list', or a YAML file of your own.")
    private String name;

    @Mixin
    private OutputOption output;

    @Mixin
    CommonOptions common;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Scenario scenario = ScenarioCatalogue.load(name);
        ScenarioEvents events = ScenarioEvents.of(scenario);
        PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            out.println(Json.line(json(scenario, events)));
            return ExitCodes.OK;
        }
        out.println(scenario.title());
        out.println(scenario.synthetic().strip());
        out.println();
        TextTable table = new TextTable(1)
                .row("window", scenario.firstDay() + " to " + scenario.lastDay() + ", " + scenario.zone())
                .row("sites", Figures.count(scenario.sites().size()))
                .row("systems", Figures.count(scenario.systems().size()))
                .row("care services", Figures.count(scenario.services().size()))
                .row("failures", Figures.count(scenario.failures().size()))
                .row("appointments", Figures.count(events.appointments()));
        events.counts().forEach((topic, count) -> table.row("on " + topic.shortName(), Figures.count(count)));
        table.lines().forEach(out::println);
        if (!scenario.sources().isEmpty()) {
            out.println();
            out.println("Sources");
            scenario.sources().forEach(source -> out.println("  " + text(source)));
        }
        return ExitCodes.OK;
    }

    private static String text(Source source) {
        return "[" + source.id() + "] " + source.text() + (source.url() == null ? "" : " " + source.url());
    }

    private static ObjectNode json(Scenario scenario, ScenarioEvents events) {
        ObjectNode json = Json.object()
                .put("name", scenario.name())
                .put("title", scenario.title())
                .put("synthetic", scenario.synthetic().strip())
                .put("from", scenario.firstDay().toString())
                .put("to", scenario.lastDay().toString())
                .put("zone", scenario.zone().toString())
                .put("sites", scenario.sites().size())
                .put("systems", scenario.systems().size())
                .put("careServices", scenario.services().size())
                .put("failures", scenario.failures().size())
                .put("appointments", events.appointments());
        ObjectNode counts = json.putObject("events");
        events.counts().forEach((topic, count) -> counts.put(topic.shortName(), count));
        var sources = json.putArray("sources");
        scenario.sources()
                .forEach(source -> sources.addObject()
                        .put("id", source.id())
                        .put("text", source.text())
                        .put("url", source.url()));
        return json;
    }
}
