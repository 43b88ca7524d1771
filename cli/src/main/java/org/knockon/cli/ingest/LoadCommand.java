package org.knockon.cli.ingest;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.knockon.cli.connect.Preflight;
import org.knockon.cli.console.Cleanup;
import org.knockon.cli.console.CommonOptions;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.console.FrameLoop;
import org.knockon.cli.console.LiveDisplay;
import org.knockon.cli.console.OutputOption;
import org.knockon.cli.console.Terminal;
import org.knockon.cli.console.TimeConverter;
import org.knockon.cli.settings.ConnectionOptions;
import org.knockon.cli.settings.Settings;
import org.knockon.feeds.load.ExtractException;
import org.knockon.feeds.load.ExtractField;
import org.knockon.feeds.message.Outcome;
import org.knockon.feeds.run.FeedTables;
import org.knockon.feeds.run.FirstLoad;
import org.knockon.feeds.run.IngestSettings;
import org.knockon.feeds.run.LoadReport;
import org.knockon.feeds.settings.ExtractSettings;
import org.knockon.feeds.settings.FeedSettings;
import org.knockon.feeds.settings.FeedsFile;
import org.knockon.feeds.settings.FeedsFileReader;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code knockon load}. */
@Command(
        name = "load",
        sortOptions = false,
        description = {
            "Loads what a booking system holds on the first day, from an extract in CSV: messages only say what changes.",
            "The feed's 'load' in the feeds file names the columns. A row is published unless its appointment is known as new"
                    + " already, so the command may run again, after a kill too, and beside 'knockon ingest'."
                    + " docs/integrate.md explains the first load."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every row is loaded, or was known",
            "1:some rows were refused, and the others are loaded; or the extract cannot be read",
            "2:the command line, a setting, the feeds file or the first line of the extract is invalid; nothing was done",
            "3:the broker or the registry cannot be reached, or topics are missing; run it again for the rest",
            "130:interrupted by Ctrl-C; run it again for the rest"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  knockon load --feeds feeds.yaml --feed pas --try extract.csv",
            "  knockon load --feeds feeds.yaml --feed pas extract.csv",
            "  knockon load --feeds feeds.yaml --feed pas --as-of 2026-12-01T02:00:00Z extract.csv"
        })
public final class LoadCommand implements Callable<Integer> {

    private static final List<Topic<?>> TOPICS = List.of(Topics.APPOINTMENTS, Topics.FEEDS);

    @Parameters(paramLabel = "EXTRACT", description = "The extract: a CSV file whose first line names the columns.")
    private Path extract;

    @Option(names = "--feeds", paramLabel = "FILE", required = true, description = "The feeds file, in YAML.")
    private Path feeds;

    @Option(
            names = "--feed",
            paramLabel = "NAME",
            description = "The feed that the extract belongs to. Not needed if the file has one feed only.")
    private String feed;

    @Option(
            names = "--as-of",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "When the extract was made, for rows without a time of their last change."
                    + " With an offset, such as 2026-12-01T02:00:00Z.")
    private Instant asOf;

    @Option(
            names = "--try",
            description = "Print what would become of the rows. Connects to nothing and publishes nothing.")
    private boolean trial;

    @Option(
            names = "--exercise",
            paramLabel = "NAME",
            description = "Mark every record as part of this exercise. Requires the prefix of a replay.")
    private String exercise;

    @Mixin
    private OutputOption output;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    CommonOptions common;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        FeedsFile file = FeedsFileReader.read(feeds);
        FeedSettings chosen = FeedChoice.of(spec.commandLine(), file.feeds(), feed);
        requireTimes(chosen);
        Settings settings = connection.resolve().withLocalDefaults();
        FeedChoice.requireReplay(spec.commandLine(), exercise, settings.prefix());
        FirstLoad load = open(file, chosen);
        LoadReport end;
        try (Cleanup cleanup = Cleanup.atExit()) {
            LoadOutput printed = new LoadOutput(extract, trial);
            PrintWriter out = spec.commandLine().getOut();
            RunningLoad running = cleanup.add(new RunningLoad(load, (report, elapsed) -> {
                if (output.json()) {
                    printed.json(report, elapsed, out);
                } else {
                    printed.text(report, elapsed, out);
                }
            }));
            if (!trial) {
                Preflight.requireAll(settings, TOPICS);
                load.connect(
                        new IngestSettings(settings.client(), settings.prefix(), file, Optional.ofNullable(exercise)));
            }
            Terminal terminal = Terminal.ofThisProcess();
            LiveDisplay display =
                    cleanup.add(LiveDisplay.open(spec.commandLine().getErr(), terminal.err(), true));
            long size = Files.size(extract);
            end = new FrameLoop(() -> {}, () -> display.show(printed.frame(running.report(), size, running.elapsed())))
                    .until(running.start());
        }
        return LoadOutput.count(end, Outcome.REFUSED) > 0 ? ExitCodes.FAILURES : ExitCodes.OK;
    }

    /** Without a time of its own or of the extract, nobody knows whether a row is newer than a message. */
    private void requireTimes(FeedSettings chosen) {
        ExtractSettings described = FeedTables.extract(chosen)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "feed " + chosen.name() + " has no 'load' that names the columns of its extract: see"
                                + " docs/feeds.md"));
        if (asOf == null && !described.columns().fields().containsKey(ExtractField.UPDATED_AT)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "give --as-of TIME, when the extract was made, or name the column 'updatedAt' in 'load'");
        }
        if (asOf != null && asOf.isAfter(Instant.now())) {
            throw new ParameterException(spec.commandLine(), "--as-of must not be in the future");
        }
    }

    private FirstLoad open(FeedsFile file, FeedSettings chosen) {
        try {
            return FirstLoad.open(
                    file,
                    chosen,
                    asOf == null ? OptionalLong.empty() : OptionalLong.of(asOf.toEpochMilli()),
                    Files.newInputStream(extract),
                    InstantSource.system());
        } catch (ExtractException e) {
            throw new ParameterException(
                    spec.commandLine(), extract + ": " + e.getMessage().replace("\n", "\n" + extract + ": "), e);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "cannot read " + extract + ": " + e, e);
        }
    }
}
