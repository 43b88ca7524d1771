package org.knockon.benchmarks.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.knockon.benchmarks.harness.Results;
import org.knockon.benchmarks.harness.ServiceGroup;

/** Whether a run came out right, besides what it used. */
final class SoakChecks {

    private static final int DIFFERENCES_SHOWN = 10;
    private static final int RETRIES = 60;

    private SoakChecks() {}

    /** Each bad record must cost exactly one dead letter. */
    static boolean deadLetters(Sampler sampler, UpdateWriter writer, Results results) {
        long dead = sampler.deadLetters();
        results.figure("pipeline: bad records", writer.bad());
        results.figure("pipeline: dead letters", dead);
        boolean equal = dead == writer.bad();
        results.verdict("one dead letter for each bad record", equal ? "yes" : "NO");
        return equal;
    }

    /** The counts must equal a recount of the impacts, and the sampled impacts those of the batch oracle. */
    static boolean counts(
            Map<String, Object> client,
            OutageSchedule outages,
            List<ServiceGroup> groups,
            AppointmentBook book,
            Results results)
            throws InterruptedException {
        try (Recount recount = new Recount(SoakRun.PREFIX, client)) {
            recount.read();
            // A slot that begins while both topics are being read moves a count: read on until they agree.
            for (int i = 0; i < RETRIES && !recount.differences().isEmpty(); i++) {
                Thread.sleep(1_000);
                recount.read();
            }
            long now = System.currentTimeMillis();
            List<String> differences = new ArrayList<>();
            recount.differences().forEach((cell, counts) -> differences.add(cell + ": " + counts));
            results.figure("pipeline: impact records", recount.impacts().size());
            results.figure("pipeline: at risk at the end", recount.total().atRisk());
            results.verdict(
                    "counts equal a recount of care-impacts",
                    differences.isEmpty() ? "yes" : "NO: " + differences.size() + " cells differ");
            List<String> fromOracle = OracleCheck.differences(
                    outages.estate(), groups, outages.end(), book.sample(), recount.impacts(), now);
            results.verdict(
                    "sampled impacts equal the batch oracle's",
                    fromOracle.isEmpty()
                            ? "yes, of " + book.sample().size() + " versions"
                            : "NO: " + fromOracle.size() + " appointments differ");
            differences.addAll(fromOracle);
            differences.stream()
                    .limit(DIFFERENCES_SHOWN)
                    .forEach(difference -> System.out.println("    " + difference));
            return differences.isEmpty() && recount.total().atRisk() > 0;
        }
    }
}
