package org.knockon.cli.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.knockon.cli.connect.Preflight;
import org.knockon.cli.console.CommonOptions;
import org.knockon.cli.console.DurationConverter;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.console.Figures;
import org.knockon.cli.console.Json;
import org.knockon.cli.console.OutputFormat;
import org.knockon.cli.console.TimeConverter;
import org.knockon.cli.settings.ConnectionOptions;
import org.knockon.cli.settings.Settings;
import org.knockon.producers.source.ReplaySource;
import org.knockon.schemas.TopicPrefix;
import org.knockon.streams.app.StreamsAppSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code knockon verify}. */
@Command(
        name = "verify",
        sortOptions = false,
        description = {
            "Compares the results on the topics of a replay with the batch oracle, like 'knockon replay --verify'.",
            "For an app that runs elsewhere, after 'knockon replay --publish-only'. The settings horizon.ms and zone must be"
                    + " those of the app."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no differences",
            "1:differences, or the replay is incomplete or of another scenario",
            "2:the command line, a setting, the scenario or the recording is invalid",
            "3:the broker or the registry cannot be reached, or topics are missing",
            "130:interrupted by Ctrl-C"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  knockon verify --scenario pas-outage-demo --run drill",
            "  knockon verify --scenario my-hospital.yaml --run drill --wait PT10M",
            "  knockon verify --scenario pas-outage-demo --prefix knockon.replay.drill."
        })
public final class VerifyCommand implements Callable<Integer> {

    @Option(
            names = "--scenario",
            required = true,
            paramLabel = "NAME",
            description = "What was replayed: a scenario of 'knockon scenario list', a YAML file, or a" + " recording.")
    private String scenario;

    @Option(
            names = "--run",
            paramLabel = "NAME",
            description = "Name of the replay; the topics are then those of PREFIX followed by replay.NAME. Without it,"
                    + " --prefix is the whole prefix.")
    private String run;

    @Option(
            names = "--shift-to",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "The start of the scenario if the replay shifted it, as the replay printed it.")
    private Instant shiftTo;

    @Option(
            names = "--wait",
            paramLabel = "PT1M",
            defaultValue = "PT1M",
            converter = DurationConverter.class,
            description =
                    "Compare again until there are no differences, for at most this long, ISO-8601 or seconds: the"
                            + " app may still be working. Default: PT1M.")
    private Duration maxWait;

    @Option(
            names = "--output",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "json: one object on standard output.")
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
        ResultComparison comparison = comparison(settings);
        PrintWriter err = spec.commandLine().getErr();
        Preflight.connect(settings).close();
        comparison.requireComplete();
        ResultComparison.Outcome outcome = comparison.until(maxWait, differences -> {
            err.println("knockon: " + Figures.count(differences, "difference", "differences")
                    + "; comparing again, because the app may still be working");
            err.flush();
        });
        print(outcome);
        return outcome.verification().matches() ? ExitCodes.OK : ExitCodes.FAILURES;
    }

    private ResultComparison comparison(Settings settings) {
        StreamsAppSettings app = StreamsAppSettings.parse(settings.ours(), settings.client());
        ReplayContent content = ReplayContent.load(scenario, settings);
        if (content.recording() && shiftTo != null) {
            throw new ParameterException(
                    spec.commandLine(), "--shift-to is for scenarios: a recording keeps its times");
        }
        ReplaySource events = content.events().apply(Optional.ofNullable(shiftTo));
        TopicPrefix prefix = new TopicPrefix(settings.prefix());
        try {
            return new ResultComparison(
                    events,
                    content.recorded(),
                    app.pipeline().rules(),
                    settings.client(),
                    run == null ? prefix.text() : prefix.replay(run).text());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void print(ResultComparison.Outcome outcome) {
        PrintWriter out = spec.commandLine().getOut();
        if (output == OutputFormat.JSON) {
            ObjectNode json = Json.object()
                    .put("scenario", scenario)
                    .put("topicPrefix", outcome.topicPrefix())
                    .put("deadLetters", outcome.deadLetters());
            if (outcome.asOf() != Long.MIN_VALUE) {
                json.put("asOf", Instant.ofEpochMilli(outcome.asOf()).toString());
            }
            json.set("verification", outcome.verification().json());
            out.println(Json.line(json));
        } else {
            if (outcome.deadLetters() > 0) {
                out.println(Figures.count(outcome.deadLetters(), "record", "records")
                        + " could not be processed: see the topic dead-letters");
            }
            outcome.verification().lines(outcome.weeks()).forEach(out::println);
        }
        out.flush();
    }
}
