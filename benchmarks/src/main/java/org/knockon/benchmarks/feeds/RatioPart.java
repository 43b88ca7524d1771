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

/** Messages a second of the feeds, of their zero case, and of reading and mapping alone; all of them in each round. */
final class RatioPart {

    private static final int CONNECTIONS = 32;
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
        results.setting("connections, one message in flight each", CONNECTIONS);
        results.setting("feeds that they share", kind.feeds().size());
        results.setting("seconds of warm-up, and measured", options.warmUp() + ", " + options.seconds());
        results.setting("heap of each program, MiB", HEAP_MIB);
        for (int round = 1; round <= options.rounds(); round++) {
            for (Program program : RoundOrder.of(List.of(Program.values()), options.seed(), round)) {
                ClosedLoop.Lap lap = run(program, round);
                laps.computeIfAbsent(program, unused -> new ArrayList<>()).add(lap);
                FeedsOptions.progress(String.format(
                        Locale.ROOT,
                        "%s, round %d of %d, %s: %,.0f a second",
                        kind.shown(),
                        round,
                        options.rounds(),
                        program.shown,
                        lap.rate()));
            }
        }
        report(results);
    }

    private ClosedLoop.Lap run(Program program, int round) throws Exception {
        if (program == Program.PARSE) {
            Process child = ChildJvm.start(
                    HEAP_MIB,
                    ParseAndMap.class,
                    List.of(
                            file.toString(),
                            kind.name(),
                            Integer.toString(options.warmUp()),
                            Integer.toString(options.seconds())),
                    ProcessBuilder.Redirect.INHERIT);
            double rate = Double.parseDouble(ChildJvm.output(child).strip());
            return new ClosedLoop.Lap(rate, 1e6 / rate);
        }
        String prefix = (kind + "." + program + round + ".").toLowerCase(Locale.ROOT);
        testbed.createTopics(prefix);
        try (FeedProcess feeds = program == Program.FEED
                ? FeedProcess.feeds(testbed, prefix, file)
                : FeedProcess.constant(testbed, prefix, file, kind)) {
            return ClosedLoop.run(feeds, kind, CONNECTIONS, options.warmUp(), options.seconds());
        }
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
