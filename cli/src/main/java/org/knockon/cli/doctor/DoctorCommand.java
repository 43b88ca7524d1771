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
            "Checks what is available, and shows the settings in effect.",
            "Checks the broker, the topics, the registry and the schemas, and shows where each setting was set. Secrets are masked."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all checks passed",
            "2:the command line or a setting is invalid",
            "3:something is unavailable"
        },
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
            description = "text for people, json for programs. Default: text.")
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
        requireValid(settings);
        List<Check> checks = Diagnosis.of(settings);
        List<Setting> shown = settings.withDefaultsOfOurs().all();
        PrintWriter out = spec.commandLine().getOut();
        if (output == OutputFormat.JSON) {
            out.println(Json.line(json(checks, shown)));
        } else {
            print(out, checks, shown);
        }
        boolean unavailable = checks.stream().anyMatch(check -> check.result() == Check.Result.UNAVAILABLE);
        return unavailable ? ExitCodes.UNAVAILABLE : ExitCodes.OK;
    }

    /** Rejects a value that the streams app would reject, even if everything is available. */
    private static void requireValid(Settings settings) {
        StreamsAppSettings.parse(settings.ours(), settings.client());
    }

    private static void print(PrintWriter out, List<Check> checks, List<Setting> settings) {
        checks.forEach(check ->
                out.printf(Locale.ROOT, "%-8s  %-11s  %s%n", check.what(), word(check.result()), check.detail()));
        out.println();
        TextTable table = new TextTable(1, 2).row("setting", "value", "set by");
        settings.forEach(setting -> table.row(setting.name(), setting.shown(), setting.origin()));
        table.lines().forEach(out::println);
    }

    private static String word(Check.Result result) {
        return switch (result) {
            case OK -> "ok";
            case UNAVAILABLE -> "UNAVAILABLE";
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
