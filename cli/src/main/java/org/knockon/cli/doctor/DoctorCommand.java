package org.knockon.cli.doctor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.config.SaslConfigs;
import org.knockon.cli.console.CommonOptions;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.console.Json;
import org.knockon.cli.console.OutputOption;
import org.knockon.cli.console.TextTable;
import org.knockon.cli.rights.AclCommand;
import org.knockon.cli.rights.ClientPrincipal;
import org.knockon.cli.rights.Role;
import org.knockon.cli.settings.ConnectionOptions;
import org.knockon.cli.settings.Setting;
import org.knockon.cli.settings.Settings;
import org.knockon.feeds.settings.FeedsFile;
import org.knockon.feeds.settings.FeedsFileReader;
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
            "Checks the broker, the topics, the registry and the schemas, and shows where each setting was set. Secrets are masked.",
            "With --for, checks whether this client has the rights on the broker that a role needs, and prints a kafka-acls command"
                    + " for each right that is missing.",
            "With --feeds, also checks the ports, certificates and addresses that a feeds file names, from this machine.",
            "Warns of topics that can lose acknowledged records, or refuse new ones, when one broker is down."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all checks passed; a warning is no failure",
            "2:the command line, a setting or the feeds file is invalid",
            "3:something is unavailable, missing or denied"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  knockon doctor",
            "  knockon doctor --command-config client.properties",
            "  knockon doctor --for streams --command-config streams.properties",
            "  knockon doctor --for ingest --feeds feeds.yaml",
            "  knockon doctor --output json"
        })
public final class DoctorCommand implements Callable<Integer> {

    @Option(
            names = "--for",
            paramLabel = "ROLE",
            description = "Check the rights of deployer, producer, ingest, streams, war-room or replay.")
    private Role role;

    @Option(
            names = "--feeds",
            paramLabel = "FILE",
            description =
                    "Check what this feeds file needs too: ports, keys, certificates, and addresses to connect to.")
    private Path feeds;

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
        // Rejects a value that the streams app would reject, even if everything is available.
        StreamsAppSettings app = StreamsAppSettings.parse(settings.ours(), settings.client());
        // Before anything is asked: a file with mistakes ends the command.
        Optional<FeedsFile> file = Optional.ofNullable(feeds).map(FeedsFileReader::read);
        Diagnosis diagnosis = Diagnosis.of(settings, Optional.ofNullable(role), app.applicationId());
        List<Check> checks = new ArrayList<>(diagnosis.checks());
        file.ifPresent(valid -> checks.addAll(FeedChecks.of(feeds, valid, Instant.now())));
        List<String> commands = commands(settings, diagnosis);
        List<Setting> shown = settings.withDefaultsOfOurs().all();
        PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            out.println(Json.line(json(checks, commands, shown)));
        } else {
            print(out, checks, commands, shown);
        }
        boolean failed = checks.stream().anyMatch(check -> check.result().failed());
        return failed ? ExitCodes.UNAVAILABLE : ExitCodes.OK;
    }

    private static List<String> commands(Settings settings, Diagnosis diagnosis) {
        String principal =
                ClientPrincipal.of(settings.client(SaslConfigs.SASL_JAAS_CONFIG).map(Setting::value));
        return diagnosis.missing().stream()
                .map(right -> AclCommand.add(settings.bootstrapServers(), principal, right))
                .toList();
    }

    private static void print(PrintWriter out, List<Check> checks, List<String> commands, List<Setting> settings) {
        TextTable found = new TextTable(1, 2);
        checks.forEach(check -> found.row(check.what(), check.result().word(), check.detail()));
        found.lines().forEach(out::println);
        out.println();
        if (!commands.isEmpty()) {
            out.println("An administrator adds the missing rights with:");
            commands.forEach(out::println);
            out.println();
        }
        TextTable table = new TextTable(1, 2).row("setting", "value", "set by");
        settings.forEach(setting -> table.row(setting.name(), setting.shown(), setting.origin()));
        table.lines().forEach(out::println);
    }

    private static ObjectNode json(List<Check> checks, List<String> commands, List<Setting> settings) {
        ObjectNode json = Json.object();
        ArrayNode found = json.putArray("checks");
        checks.forEach(check -> found.addObject()
                .put("what", check.what())
                .put("result", check.result().name().toLowerCase(Locale.ROOT))
                .put("detail", check.detail()));
        commands.forEach(json.putArray("missingRights")::add);
        ArrayNode values = json.putArray("settings");
        settings.forEach(setting -> values.addObject()
                .put("name", setting.name())
                .put("value", setting.shown())
                .put("setBy", setting.origin())
                .put("ours", setting.ours()));
        return json;
    }
}
