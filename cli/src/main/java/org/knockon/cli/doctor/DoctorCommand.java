package org.knockon.cli.doctor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.knockon.cli.console.CommonOptions;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.console.Json;
import org.knockon.cli.console.OutputFormat;
import org.knockon.cli.console.TextTable;
import org.knockon.cli.settings.ConnectionOptions;
import org.knockon.cli.settings.Setting;
import org.knockon.cli.settings.Settings;
import org.knockon.streams.app.StreamsAppSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code knockon doctor}. */
@Command(
        name = "doctor",
        sortOptions = false,
        description = {
            "Says what can be reached and what cannot, and which settings apply.",
            "Looks at broker, topics, registry and schemas, and says where each setting was set. Secrets are masked."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all is there", "2:the command line or a setting is wrong", "3:something is away"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  knockon doctor",
            "  knockon doctor --command-config client.properties",
            "  knockon doctor --output json"
        })
public final class DoctorCommand implements Callable<Integer> {

    @Option(
            names = "--output",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "For people or for programs.")
    private OutputFormat output;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    CommonOptions common;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = connection.resolve().withLocalDefaults();
        requireUsable(settings);
        List<Check> checks = Diagnosis.of(settings);
        List<Setting> shown = settings.withDefaultsOfOurs().all();
        PrintWriter out = spec.commandLine().getOut();
        if (output == OutputFormat.JSON) {
            out.println(Json.line(json(checks, shown)));
        } else {
            print(out, checks, shown);
        }
        boolean away = checks.stream().anyMatch(check -> check.result() == Check.Result.AWAY);
        return away ? ExitCodes.UNAVAILABLE : ExitCodes.OK;
    }

    /** A value that the streams app would refuse is told here too, though nothing is away. */
    private static void requireUsable(Settings settings) {
        StreamsAppSettings.parse(settings.ours(), settings.client());
    }

    private static void print(PrintWriter out, List<Check> checks, List<Setting> settings) {
        checks.forEach(check ->
                out.printf(Locale.ROOT, "%-8s  %-8s  %s%n", check.what(), word(check.result()), check.detail()));
        out.println();
        TextTable table = new TextTable(1, 2).row("setting", "value", "set by");
        settings.forEach(setting -> table.row(setting.name(), setting.shown(), setting.origin()));
        table.lines().forEach(out::println);
    }

    private static String word(Check.Result result) {
        return switch (result) {
            case OK -> "ok";
            case AWAY -> "AWAY";
            case UNKNOWN -> "unknown";
        };
    }

    private static ObjectNode json(List<Check> checks, List<Setting> settings) {
        ObjectNode json = Json.object();
        ArrayNode found = json.putArray("checks");
        checks.forEach(check -> found.addObject()
                .put("what", check.what())
                .put("result", check.result().name().toLowerCase(Locale.ROOT))
                .put("detail", check.detail()));
        ArrayNode values = json.putArray("settings");
        settings.forEach(setting -> values.addObject()
                .put("name", setting.name())
                .put("value", setting.shown())
                .put("setBy", setting.origin())
                .put("ours", setting.ours()));
        return json;
    }
}
