package org.knockon.benchmarks.wholetrust;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.knockon.benchmarks.harness.AppSettings;
import org.knockon.benchmarks.harness.CountsReader;
import org.knockon.benchmarks.harness.Elapsed;
import org.knockon.benchmarks.harness.Estate;
import org.knockon.benchmarks.harness.LocalApp;
import org.knockon.benchmarks.harness.OneDataCentre;
import org.knockon.benchmarks.harness.Results;
import org.knockon.benchmarks.harness.ResultsOption;
import org.knockon.benchmarks.harness.Testbed;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** An outage of everything with all appointments still to come, and how the stream threads cope. */
@Command(
        name = "whole-trust",
        description =
                "Books appointments, takes the whole trust down, and measures the longest processing step and poll gap.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  ./bench whole-trust --appointments 1000000"})
public final class WholeTrustCommand implements Callable<Integer> {

    private static final String PREFIX = "bench.";
    private static final Duration LONGEST = Duration.ofMinutes(15);

    @Option(
            names = "--appointments",
            paramLabel = "N",
            description = "Appointments booked, all of them within the horizon. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1000000")
    private int appointments;

    @Mixin
    private ResultsOption file;

    @Override
    public Integer call() throws Exception {
        Results results = new Results();
        results.setting("appointments", appointments);
        boolean right;
        try (Testbed testbed = Testbed.start()) {
            testbed.createTopics(PREFIX);
            try (Estate estate = OneDataCentre.estate(PREFIX, testbed.client(), appointments)) {
                load(estate, testbed, results);
                right = takeDown(estate, testbed, results);
            }
        }
        results.write(file.fileFor("whole-trust"));
        return right ? 0 : 1;
    }

    private void load(Estate estate, Testbed testbed, Results results) throws Exception {
        System.out.println("booking " + appointments + " appointments");
        try (LocalApp app = start(testbed)) {
            estate.open(List.of(OneDataCentre.ALL));
            Elapsed elapsed = new Elapsed();
            estate.book(OneDataCentre.ALL, 0, appointments);
            estate.flush();
            app.awaitIdle();
            results.figure("load: appointments a second", Math.round(appointments / elapsed.seconds()));
            results.figure("load: longest step, ms", app.streams().activity().longestStepNanos() / 1_000_000);
        }
    }

    /** In a new app on the same state, so that its figures are those of the outage alone. */
    private boolean takeDown(Estate estate, Testbed testbed, Results results) throws Exception {
        System.out.println("restarting, then taking the trust down");
        Elapsed restart = new Elapsed();
        try (LocalApp app = start(testbed);
                CountsReader counts = new CountsReader(PREFIX, testbed.client())) {
            app.awaitIdle();
            results.figure("restart with the state kept, s", restart.roundedSeconds());
            Elapsed elapsed = new Elapsed();
            estate.takeDown(OneDataCentre.ALL);
            long atRisk = 0;
            double firstCount = 0;
            while (atRisk < appointments && elapsed.seconds() < LONGEST.toSeconds()) {
                atRisk = counts.of(Cell.ALL).atRisk();
                firstCount = firstCount == 0 && atRisk > 0 ? elapsed.seconds() : firstCount;
            }
            double all = elapsed.roundedSeconds();
            app.awaitIdle();
            results.figure("outage: first count seen after, s", rounded(firstCount));
            results.figure("outage: every appointment counted after, s", all);
            results.figure(
                    "outage: longest step, ms", rounded(app.streams().activity().longestStepNanos() / 1e6));
            results.figure(
                    "outage: longest poll gap, ms",
                    rounded(PollGap.longestMillis(app.streams().httpPort().orElseThrow())));
            long total = counts.of(Cell.ALL).atRisk();
            long services = sumOfServices(counts);
            results.figure("outage: counted at risk", total);
            results.figure("outage: counted at risk, sum of services", services);
            return total == appointments && services == appointments;
        }
    }

    private static long sumOfServices(CountsReader counts) {
        return counts.all().entrySet().stream()
                .filter(entry -> entry.getKey().dimension() == Dimension.SERVICE)
                .mapToLong(entry -> entry.getValue().atRisk())
                .sum();
    }

    private static LocalApp start(Testbed testbed) {
        Map<String, String> settings = AppSettings.replay(PREFIX, testbed.folder("app"), 2);
        // Any free port, for the metrics.
        settings.put("http.port", "0");
        return LocalApp.start(settings, testbed.client());
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
