package org.knockon.benchmarks.feeds;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.knockon.benchmarks.harness.Results;
import org.knockon.benchmarks.harness.ResultsOption;
import org.knockon.benchmarks.harness.Testbed;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Measures the feeds in parts, each with a result file of its own. */
@Command(
        name = "feeds",
        description = {
            "What the feeds make of HL7, FHIR and alerts a second, beside the same listener and producer with constant records;",
            "how long senders wait for answers; a start with much to remember; idle connections and junk. At most 20 minutes.",
            "Compare only ratios: the feeds, broker and senders share the machine."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./bench feeds",
            "  ./bench feeds --part hl7,answers",
            "  ./bench feeds --part junk --junk 64 --seconds 3"
        })
public final class FeedsCommand implements Callable<Integer> {

    @Option(
            names = "--part",
            split = ",",
            paramLabel = "PART",
            description = "Parts to measure: ${COMPLETION-CANDIDATES} (in any case). Default: all.")
    private List<FeedPart> parts = List.of(FeedPart.values());

    @Option(names = "--rounds", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "3")
    private int rounds;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description = "Of each program at full speed, of the feeds three times as long. Default: ${DEFAULT-VALUE}.",
            defaultValue = "30")
    private int warmUp;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Of each round, and of the senders beside idle connections. Default: ${DEFAULT-VALUE}.",
            defaultValue = "10")
    private int seconds;

    @Option(
            names = "--answer-seconds",
            paramLabel = "N",
            description = "For how long answers are measured. Default: ${DEFAULT-VALUE}.",
            defaultValue = "60")
    private int answerSeconds;

    @Option(
            names = "--appointments",
            paramLabel = "N",
            description = "Remembered at the start. Default: ${DEFAULT-VALUE}.",
            defaultValue = "300000")
    private int appointments;

    @Option(
            names = "--idle",
            paramLabel = "N",
            description = "Connections that never speak. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1000")
    private int idle;

    @Option(
            names = "--junk",
            paramLabel = "MIB",
            description = "Junk that one connection sends. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1024")
    private int junk;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the order in the rounds. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1")
    private long seed;

    @Mixin
    private ResultsOption file;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (parts.size() > 1 && spec.commandLine().getParseResult().hasMatchedOption("--results")) {
            throw new ParameterException(spec.commandLine(), "--results needs a single --part: each has its own file");
        }
        FeedsOptions options = new FeedsOptions(rounds, warmUp, seconds, answerSeconds, appointments, idle, junk, seed);
        try (Testbed testbed = Testbed.start()) {
            Path feeds = SampleFeeds.write(testbed.folder("feeds"));
            for (FeedPart part : parts) {
                FeedsOptions.progress("part " + part);
                Results results = new Results();
                results.setting("part", part.toString());
                measure(part, testbed, feeds, options, results);
                results.write(file.fileFor("feeds-" + part));
            }
        }
        return 0;
    }

    private static void measure(FeedPart part, Testbed testbed, Path feeds, FeedsOptions options, Results results)
            throws Exception {
        switch (part) {
            case HL7 -> new RatioPart(MessageKind.HL7, testbed, feeds, options).measure(results);
            case FHIR -> new RatioPart(MessageKind.FHIR, testbed, feeds, options).measure(results);
            case ALERTS -> new RatioPart(MessageKind.ALERTS, testbed, feeds, options).measure(results);
            case ANSWERS -> AnswersPart.measure(testbed, feeds, options, results);
            case START -> StartPart.measure(testbed, feeds, options, results);
            case JUNK -> JunkPart.measure(testbed, feeds, options, results);
        }
    }
}
