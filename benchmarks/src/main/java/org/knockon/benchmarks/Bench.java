package org.knockon.benchmarks;

import org.knockon.benchmarks.feeds.FeedsCommand;
import org.knockon.benchmarks.footprint.FootprintCommand;
import org.knockon.benchmarks.fuzz.FuzzCommand;
import org.knockon.benchmarks.growth.GrowthCommand;
import org.knockon.benchmarks.micro.MicroCommand;
import org.knockon.benchmarks.outage.OutageCommand;
import org.knockon.benchmarks.peers.PeersCommand;
import org.knockon.benchmarks.report.ReportCommand;
import org.knockon.benchmarks.restart.RestartCommand;
import org.knockon.benchmarks.soak.SoakCommand;
import org.knockon.benchmarks.throughput.ThroughputCommand;
import org.knockon.benchmarks.wall.WallCrowdCommand;
import org.knockon.benchmarks.wall.WallLatencyCommand;
import org.knockon.benchmarks.wholetrust.WholeTrustCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of {@code ./bench}. */
@Command(
        name = "bench",
        description = "Measures Knock-on on a broker of its own and writes the results as JSON.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ThroughputCommand.class,
            WholeTrustCommand.class,
            PeersCommand.class,
            OutageCommand.class,
            FootprintCommand.class,
            RestartCommand.class,
            GrowthCommand.class,
            SoakCommand.class,
            FeedsCommand.class,
            MicroCommand.class,
            WallLatencyCommand.class,
            WallCrowdCommand.class,
            FuzzCommand.class,
            ReportCommand.class
        },
        footer = {"", "Examples:", "  ./bench throughput --rounds 5", "  ./bench whole-trust --appointments 1000000"})
public final class Bench implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private Bench() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
