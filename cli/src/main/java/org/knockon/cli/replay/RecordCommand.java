package org.knockon.cli.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.knockon.cli.connect.Preflight;
import org.knockon.cli.console.Cleanup;
import org.knockon.cli.console.CommandFailure;
import org.knockon.cli.console.CommonOptions;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.console.Figures;
import org.knockon.cli.console.FrameLoop;
import org.knockon.cli.console.Json;
import org.knockon.cli.console.LiveDisplay;
import org.knockon.cli.console.OutputFormat;
import org.knockon.cli.console.Terminal;
import org.knockon.cli.console.TimeConverter;
import org.knockon.cli.settings.ConnectionOptions;
import org.knockon.cli.settings.Settings;
import org.knockon.feeds.recorder.Recorder;
import org.knockon.feeds.recorder.RecordingPlan;
import org.knockon.feeds.recorder.RecordingProgress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code knockon record}. */
@Command(
        name = "record",
        sortOptions = false,
        description = {
            "Records the input topics in a file, which 'knockon replay' plays.",
            "The file holds the committed records of systems, care-services, system-health and appointments with their original"
                    + " bytes, and the schemas that they name. Only its owner can read it, because it holds pseudonyms.",
            "Ends where the topics end at the start, or with --until at that time. Ctrl-C ends it earlier. A file that is cut"
                    + " short is readable to its last whole block."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:recorded to the end",
            "1:the file cannot be written",
            "2:the command line or a setting is invalid, or the file exists",
            "3:the broker or the registry cannot be reached, or topics are missing",
            "130:interrupted by Ctrl-C; the file holds what was recorded"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  knockon record --file out.avro",
            "  knockon record --file july.avro --from 2026-07-18T00:00:00+01:00 --until 2026-07-25T00:00:00+01:00",
            "  knockon replay out.avro --verify"
        })
public final class RecordCommand implements Callable<Integer> {

    @Option(
            names = "--file",
            paramLabel = "FILE",
            required = true,
            description = "The file to write. A file that exists is not overwritten. 'knockon replay' needs a name that"
                    + " ends in .avro.")
    private Path file;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description =
                    "Leave out observations and appointments with an earlier timestamp, except for the last record"
                            + " of each appointment. With an offset, such as 2026-12-01T09:00:00Z.")
    private Instant from;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Leave out observations and appointments from this time on; if it lies in the future, record"
                    + " until then.")
    private Instant until;

    @Option(
            names = "--output",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "json: one object on standard output at the end, everything else on standard error.")
    private OutputFormat output;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    CommonOptions common;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Settings settings = connection.resolve().withLocalDefaults();
        requirePossible();
        Preflight.requireAll(settings, Recorder.TOPICS);
        RecordingPlan plan = new RecordingPlan(
                settings.client(),
                settings.prefix(),
                file,
                Optional.ofNullable(from),
                Optional.ofNullable(until),
                spec.root().versionProvider().getVersion()[0]);
        boolean json = output == OutputFormat.JSON;
        PrintWriter out = spec.commandLine().getOut();
        Terminal terminal = Terminal.ofThisProcess();
        RecordingProgress end;
        try (Cleanup cleanup = Cleanup.atExit();
                LiveDisplay display = cleanup.add(LiveDisplay.open(
                        json ? spec.commandLine().getErr() : out, json ? terminal.err() : terminal.out(), true))) {
            Recorder recorder = open(plan);
            FrameLoop frames = new FrameLoop(() -> {}, () -> display.show(frame(recorder.progress())));
            end = frames.until(
                    cleanup.add(RunningRecording.start(recorder, file)).end());
        }
        out.println(json ? Json.line(json(settings, end)) : summary(settings, end));
        out.flush();
        return ExitCodes.OK;
    }

    private void requirePossible() {
        if (from != null && until != null && !from.isBefore(until)) {
            throw new ParameterException(spec.commandLine(), "--until must be after --from");
        }
        if (Files.exists(file)) {
            throw exists(null);
        }
    }

    private ParameterException exists(Exception cause) {
        return new ParameterException(
                spec.commandLine(), file + " exists, and a recording is never overwritten; give another --file", cause);
    }

    private Recorder open(RecordingPlan plan) {
        try {
            return Recorder.open(plan, System::currentTimeMillis);
        } catch (FileAlreadyExistsException e) {
            throw exists(e);
        } catch (NoSuchFileException e) {
            throw new CommandFailure(ExitCodes.FAILURES, "cannot write " + file + ": there is no such folder", e);
        } catch (IOException e) {
            throw RunningRecording.failure(file, e);
        }
    }

    private static LiveDisplay.Frame frame(RecordingProgress progress) {
        long percent = progress.end() == 0 ? 0 : 100 * progress.position() / progress.end();
        String line = "recording: " + percent + "%, " + Figures.count(progress.total(), "record", "records")
                + (progress.reached() == Long.MIN_VALUE ? "" : ", to " + Instant.ofEpochMilli(progress.reached()));
        return new LiveDisplay.Frame(List.of(line), line);
    }

    private String summary(Settings settings, RecordingProgress end) {
        return "recorded " + Figures.count(end.total(), "record", "records") + " of " + settings.prefix() + "* in "
                + file + ", " + Figures.count(bytes()) + " bytes";
    }

    private ObjectNode json(Settings settings, RecordingProgress end) {
        ObjectNode json = Json.object()
                .put("file", file.toString())
                .put("topicPrefix", settings.prefix())
                .put("bytes", bytes());
        ObjectNode records = json.putObject("records");
        Recorder.TOPICS.forEach(
                topic -> records.put(topic.shortName(), end.records().getOrDefault(topic.shortName(), 0L)));
        return json;
    }

    private long bytes() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw RunningRecording.failure(file, e);
        }
    }
}
