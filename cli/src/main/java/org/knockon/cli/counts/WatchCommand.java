package org.knockon.cli.counts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.kafka.common.errors.InterruptException;
import org.knockon.cli.connect.Preflight;
import org.knockon.cli.console.Cleanup;
import org.knockon.cli.console.CommonOptions;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.console.Json;
import org.knockon.cli.console.LiveDisplay;
import org.knockon.cli.console.OutputFormat;
import org.knockon.cli.console.Terminal;
import org.knockon.cli.settings.ConnectionOptions;
import org.knockon.cli.settings.Settings;
import org.knockon.schemas.TopicPrefix;
import org.knockon.schemas.Topics;
import org.knockon.streams.app.StreamsAppSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code knockon watch}. */
@Command(
        name = "watch",
        sortOptions = false,
        description = {
            "Shows the counts of the whole trust live.",
            "Reads the topics impact-counts and outages. A terminal shows the counts in place; other output gets a line every few"
                    + " seconds. 'postponed' and 'not recorded yet' are separate numbers and are never added."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:printed, with --once",
            "2:the command line or a setting is invalid",
            "3:the broker or the registry cannot be reached, or topics are missing",
            "130:interrupted by Ctrl-C"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  knockon watch",
            "  knockon watch --once",
            "  knockon watch --once --output json",
            "  knockon watch --prefix knockon.replay.july-heatwave-2022."
        })
public final class WatchCommand implements Callable<Integer> {

    private static final long FRAME_MILLIS = 250;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("EEE d MMM uuuu HH:mm zzz", Locale.ENGLISH);

    @Option(names = "--once", description = "Print the current counts and exit.")
    private boolean once;

    @Option(
            names = "--output",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "json: one object per line, after each change of the counts.")
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
        ZoneId zone = StreamsAppSettings.parse(settings.ours(), settings.client())
                .pipeline()
                .rules()
                .zone();
        Preflight.requireAll(settings, List.of(Topics.IMPACT_COUNTS, Topics.OUTAGES));
        PrintWriter out = spec.commandLine().getOut();
        Terminal terminal = Terminal.ofThisProcess();
        boolean json = output == OutputFormat.JSON;
        try (Cleanup cleanup = Cleanup.atExit()) {
            LiveCounts counts = cleanup.add(LiveCounts.follow(settings.client(), settings.prefix()));
            waitForStart(counts);
            if (json) {
                return follow(counts, out);
            }
            boolean inPlace = terminal.out() && !once;
            View view = new View(settings.prefix(), zone, new CountsText(terminal.out() && terminal.colour()));
            if (once) {
                view.lines(counts.snapshot()).forEach(out::println);
                return ExitCodes.OK;
            }
            LiveDisplay display = cleanup.add(LiveDisplay.open(out, inPlace, true));
            while (true) {
                LiveCounts.Snapshot now = counts.snapshot();
                display.show(new LiveDisplay.Frame(view.lines(now), view.line(now)));
                pause();
            }
        }
    }

    /** Prints one JSON object per line. */
    private int follow(LiveCounts counts, PrintWriter out) {
        ObjectNode printed = null;
        while (!once || printed == null) {
            ObjectNode now = json(counts.snapshot());
            if (!now.equals(printed)) {
                out.println(Json.line(now));
                if (out.checkError()) {
                    // The reader of our output closed the pipe.
                    return ExitCodes.OK;
                }
                printed = now;
            }
            if (!once) {
                pause();
            }
        }
        return ExitCodes.OK;
    }

    private static void waitForStart(LiveCounts counts) {
        while (!counts.caughtUp()) {
            counts.snapshot();
            pause();
        }
    }

    private static ObjectNode json(LiveCounts.Snapshot now) {
        ObjectNode json = Json.object();
        json.put(
                "asOf",
                now.asOf() == Long.MIN_VALUE
                        ? null
                        : Instant.ofEpochMilli(now.asOf()).toString());
        json.set("counts", CountsJson.of(now.counts()));
        json.putObject("outages").put("open", now.openOutages()).put("total", now.outages());
        return json;
    }

    private static void pause() {
        try {
            Thread.sleep(FRAME_MILLIS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Formats the topic prefix, the time and the counts. */
    private static final class View {
        private final boolean exercise;
        private final String prefix;
        private final DateTimeFormatter time;
        private final CountsText text;

        View(String prefix, ZoneId zone, CountsText text) {
            this.prefix = prefix;
            this.exercise = new TopicPrefix(prefix).isExercise();
            this.time = TIME.withZone(zone);
            this.text = text;
        }

        List<String> lines(LiveCounts.Snapshot now) {
            List<String> lines = new ArrayList<>();
            lines.add((exercise ? text.exercise() + "  " : "") + prefix + "*");
            lines.add("as of       " + when(now));
            lines.addAll(text.lines(now));
            return lines;
        }

        String line(LiveCounts.Snapshot now) {
            return (exercise ? text.exercise() + " " : "") + when(now) + ": " + text.line(now);
        }

        private String when(LiveCounts.Snapshot now) {
            return now.asOf() == Long.MIN_VALUE ? "no counts yet" : time.format(Instant.ofEpochMilli(now.asOf()));
        }
    }
}
