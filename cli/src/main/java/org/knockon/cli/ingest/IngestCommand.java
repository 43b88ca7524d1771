package org.knockon.cli.ingest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.knockon.cli.console.CommandFailure;
import org.knockon.cli.console.CommonOptions;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.console.Json;
import org.knockon.cli.console.OutputOption;
import org.knockon.cli.console.TextTable;
import org.knockon.cli.settings.ServerOptions;
import org.knockon.cli.settings.Settings;
import org.knockon.feeds.run.IngestSettings;
import org.knockon.feeds.run.Trial;
import org.knockon.feeds.settings.FeedSettings;
import org.knockon.feeds.settings.FeedsFile;
import org.knockon.feeds.settings.FeedsFileReader;
import org.knockon.feeds.settings.PseudonymKeyFile;
import org.knockon.health.HealthAddress;
import org.knockon.streams.app.StreamsAppSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code knockon ingest}. */
@Command(
        name = "ingest",
        sortOptions = false,
        description = {
            "Receives the messages of a hospital's own systems until Ctrl-C, and publishes them to the input topics.",
            "A sender gets a positive answer only when everything of its message is on the topics. The topics must exist."
                    + " docs/feeds.md explains the feeds file, docs/integrate.md the senders."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:with --check, the file is valid; with --try or --new-key, done",
            "1:the key cannot be written",
            "2:the command line, a setting or the feeds file is invalid; every problem is listed with its line",
            "3:the broker or the registry refuses access, or topics are missing",
            "5:the feeds failed: a port is in use, or another instance has taken over",
            "130:interrupted by Ctrl-C"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  knockon ingest --new-key pseudonym.key",
            "  knockon ingest --feeds feeds.yaml --check",
            "  knockon ingest --feeds feeds.yaml --feed pas --try messages.hl7",
            "  knockon ingest --feeds feeds.yaml",
            "  knockon ingest --feeds feeds.yaml --prefix knockon.replay.drill. --exercise drill"
        })
public final class IngestCommand implements Callable<Integer> {

    @Option(names = "--feeds", paramLabel = "FILE", description = "The feeds file, in YAML.")
    private Path feeds;

    @Option(names = "--check", description = "Check the feeds file, and start nothing.")
    private boolean check;

    @Option(
            names = "--try",
            paramLabel = "FILE",
            description =
                    "Print what the messages of a file would become, and publish nothing: HL7 messages, or JSON values.")
    private Path trial;

    @Option(
            names = "--feed",
            paramLabel = "NAME",
            description = "The feed of --try. Not needed if the file has one feed only.")
    private String feed;

    @Option(
            names = "--new-key",
            paramLabel = "FILE",
            description = "Write a new key for the pseudonyms of patients. A file that exists is not overwritten.")
    private Path newKey;

    @Option(
            names = "--exercise",
            paramLabel = "NAME",
            description = "Mark every record as part of this exercise. Requires the prefix of a replay.")
    private String exercise;

    @Mixin
    private OutputOption output;

    @Mixin
    private ServerOptions connection;

    @Mixin
    CommonOptions common;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        boolean alone = newKey != null && feeds == null && !check && trial == null && exercise == null && feed == null;
        boolean withFile = newKey == null
                && feeds != null
                && !(check && trial != null)
                && (feed == null || trial != null)
                && (exercise == null || (!check && trial == null));
        if (!alone && !withFile) {
            throw new ParameterException(
                    spec.commandLine(), "give --feeds FILE, maybe with --check or --try FILE, or --new-key FILE alone");
        }
        if (newKey != null) {
            makeKey();
            return ExitCodes.OK;
        }
        FeedsFile file = FeedsFileReader.read(feeds);
        if (check) {
            print(file);
        } else if (trial != null) {
            tryMessages(file);
        } else {
            return run(file);
        }
        return ExitCodes.OK;
    }

    private int run(FeedsFile file) throws InterruptedException {
        Settings settings = connection.resolve().withLocalDefaults();
        FeedChoice.requireReplay(spec.commandLine(), exercise, settings.prefix());
        common.warnOfRetries();
        StreamsAppSettings app = StreamsAppSettings.parse(settings.ours(), settings.client());
        IngestSettings running = new IngestSettings(
                settings.client(),
                settings.prefix(),
                file,
                Optional.ofNullable(exercise),
                new HealthAddress(app.healthBind(), app.healthPort()));
        return new RunningIngest(
                        settings,
                        running,
                        output.json(),
                        spec.commandLine().getOut(),
                        spec.commandLine().getErr())
                .run();
    }

    private void tryMessages(FeedsFile file) {
        TrialOutput printed = new TrialOutput(spec.commandLine().getOut());
        try {
            List<Trial.Tried> results = Trial.run(
                    file,
                    FeedChoice.of(spec.commandLine(), file.feeds(), feed),
                    Files.readAllBytes(trial),
                    System.currentTimeMillis());
            if (output.json()) {
                printed.json(results);
            } else {
                printed.text(results);
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), trial + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "cannot read " + trial + ": " + e.getMessage(), e);
        }
    }

    private void makeKey() {
        try {
            PseudonymKeyFile.create(newKey);
            spec.commandLine().getOut().println("wrote a new key to " + newKey + "; keep a copy in a safe place");
        } catch (FileAlreadyExistsException e) {
            throw new ParameterException(
                    spec.commandLine(), newKey + " exists; a new key would give every patient another pseudonym", e);
        } catch (IOException e) {
            throw new CommandFailure(ExitCodes.FAILURES, "cannot write " + newKey + ": " + e.getMessage(), e);
        }
    }

    private void print(FeedsFile file) {
        PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            out.println(Json.line(json(file)));
            return;
        }
        TextTable table = new TextTable(1, 2).row("feed", "kind", "namespace");
        file.feeds()
                .forEach(feed -> table.row(
                        feed.name(), feed.kind().word(), feed.identity().namespace()));
        table.lines().forEach(out::println);
        file.warnings().forEach(warning -> out.println("warning: " + warning));
        out.println(feeds + " is valid");
    }

    private static ObjectNode json(FeedsFile file) {
        ObjectNode json = Json.object();
        ArrayNode list = json.putArray("feeds");
        for (FeedSettings feed : file.feeds()) {
            list.addObject()
                    .put("name", feed.name())
                    .put("kind", feed.kind().word())
                    .put("namespace", feed.identity().namespace());
        }
        ArrayNode warnings = json.putArray("warnings");
        file.warnings().forEach(warnings::add);
        return json;
    }
}
