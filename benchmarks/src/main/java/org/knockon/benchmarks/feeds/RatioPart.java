package org.knockon.benchmarks.feeds;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knockon.benchmarks.harness.ChildJvm;
import org.knockon.benchmarks.harness.Results;
import org.knockon.benchmarks.harness.RoundOrder;
import org.knockon.benchmarks.harness.Spread;
import org.knockon.benchmarks.harness.Testbed;

/**
 * Messages a second of the feeds, of their zero case, and of reading and mapping alone. Feeds and zero case run at the same
 * time and are measured in turn, so that both are warm: the feeds have far more code to compile.
 */
final class RatioPart {

    private static final int HEAP_MIB = 512;
    private static final double HL7_OF_ZERO = 0.7;
    private static final double HL7_OF_PARSE = 0.4;
    private static final double HTTP_OF_ZERO = 0.8;

    /** In the words of the issue: F, Z and P. */
    private enum Program {
        FEED("feed (F)"),
        ZERO("listener and producer alone (Z)"),
        PARSE("read and map alone, one thread (P)");

        private final String shown;

        Program(String shown) {
            this.shown = shown;
        }
    }

    private final MessageKind kind;
    private final Testbed testbed;
    private final Path file;
    private final FeedsOptions options;
    private final Map<Program, List<ClosedLoop.Lap>> laps = new EnumMap<>(Program.class);

    RatioPart(MessageKind kind, Testbed testbed, Path file, FeedsOptions options) {
        this.kind = kind;
        this.testbed = testbed;
        this.file = file;
        this.options = options;
    }

    void measure(Results results) throws Exception {
        results.setting("rounds", options.rounds());
        results.setting("connections, one message in flight each", ClosedLoop.CONNECTIONS);
        results.setting("feeds that they share", kind.feeds().size());
        results.setting(
                "seconds of warm-up (of F three times as long), and of each round",
                options.warmUp() + ", " + options.seconds());
        results.setting("heap of each program, MiB", HEAP_MIB);
        parse();
        String prefix = kind.name().toLowerCase(Locale.ROOT);
        testbed.createTopics(prefix + ".feed.");
        testbed.createTopics(prefix + ".zero.");
        try (FeedProcess feed = FeedProcess.feeds(testbed, prefix + ".feed.", file);
                FeedProcess zero = FeedProcess.constant(testbed, prefix + ".zero.", file, kind)) {
            FeedsOptions.progress(
                    kind.shown() + ": warming up for " + (options.feedWarmUp() + options.warmUp()) + " s");
            ClosedLoop.run(feed, kind, 0, 0, options.feedWarmUp());
            ClosedLoop.run(zero, kind, 0, 0, options.warmUp());
            for (int round = 1; round <= options.rounds(); round++) {
                for (Program program : RoundOrder.of(List.of(Program.FEED, Program.ZERO), options.seed(), round)) {
                    FeedProcess process = program == Program.FEED ? feed : zero;
                    add(program, ClosedLoop.run(process, kind, round, 1, options.seconds()));
                }
            }
        }
        report(results);
    }

    private void parse() throws Exception {
        Process child = ChildJvm.start(
                HEAP_MIB,
                ParseAndMap.class,
                List.of(
                        file.toString(),
                        kind.name(),
                        Integer.toString(options.warmUp()),
                        Integer.toString(options.seconds()),
                        Integer.toString(options.rounds())),
                ProcessBuilder.Redirect.INHERIT);
        ChildJvm.output(child)
                .lines()
                .mapToDouble(Double::parseDouble)
                .forEach(rate -> add(Program.PARSE, new ClosedLoop.Lap(rate, 1e6 / rate)));
    }

    private void add(Program program, ClosedLoop.Lap lap) {
        laps.computeIfAbsent(program, unused -> new ArrayList<>()).add(lap);
        FeedsOptions.progress(String.format(
                Locale.ROOT,
                "%s, round %d of %d, %s: %,.0f a second",
                kind.shown(),
                laps.get(program).size(),
                options.rounds(),
                program.shown,
                lap.rate()));
    }

    private void report(Results results) {
        for (Program program : Program.values()) {
            String subject = kind.shown() + ", " + program.shown + ": ";
            results.figure(subject + "messages a second", Spread.of(laps.get(program), ClosedLoop.Lap::rate));
            results.figure(subject + "CPU us a message", Spread.of(laps.get(program), ClosedLoop.Lap::cpuMicros));
        }
        Spread ofZero = ratio(Program.ZERO);
        Spread ofParse = ratio(Program.PARSE);
        results.figure(kind.shown() + ", F / Z: ratio", ofZero);
        results.figure(kind.shown() + ", F / P: ratio", ofParse);
        boolean hl7 = kind == MessageKind.HL7;
        FeedsOptions.atLeast(results, kind.shown() + ": F / Z", ofZero.median(), hl7 ? HL7_OF_ZERO : HTTP_OF_ZERO);
        if (hl7) {
            FeedsOptions.atLeast(results, kind.shown() + ": F / P", ofParse.median(), HL7_OF_PARSE);
        }
    }

    /** Of the feed and another program, within each round. */
    private Spread ratio(Program other) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < options.rounds(); i++) {
            ratios.add(laps.get(Program.FEED).get(i).rate()
                    / laps.get(other).get(i).rate());
        }
        return Spread.of(ratios, Double::doubleValue);
    }
}
