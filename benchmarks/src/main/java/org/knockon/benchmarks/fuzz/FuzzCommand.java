package org.knockon.benchmarks.fuzz;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.knockon.samples.Samples;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Not a measure: a search for inputs that break the feeds. */
@Command(
        name = "fuzz",
        description = {
            "Sends a running ingest every fixture, and then changed ones, over MLLP and HTTP: broken frames, hostile fields,",
            "FHIR, webhooks, CloudEvents. Nothing may crash, grow, be lost after a positive answer, or leak what the",
            "messages say of a patient: into topics, log, /feeds, metrics or answers.",
            "Exit code 1 if something is wrong; prints the seed and the smallest input."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  ./bench fuzz", "  ./bench fuzz --inputs 20000 --seed 7"})
public final class FuzzCommand implements Callable<Integer> {

    @Option(names = "--inputs", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "1000000")
    private long inputs;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The same seed makes the same inputs. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1")
    private long seed;

    @Option(
            names = "--fixtures",
            paramLabel = "FOLDER",
            description = "Messages to begin with. Default: those of the feeds' tests, below the current folder.")
    private Path fixtures = Samples.FOLDER;

    @Override
    public Integer call() throws Exception {
        List<String> problems = new FuzzRun(fixtures, inputs, seed, System.err).run();
        problems.forEach(System.out::println);
        System.out.println(
                problems.isEmpty()
                        ? "nothing wrong with " + inputs + " inputs of seed " + seed
                        : problems.size() + " problems with seed " + seed);
        return problems.isEmpty() ? 0 : 1;
    }
}
