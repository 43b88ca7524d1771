package org.knockon.systemtests.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.utils.internals.AppInfoParser;

/** The page docs/performance/chaos.md: what each fault cost. */
final class ChaosPage {

    private static final Path FILE = Path.of("..", "docs", "performance", "chaos.md");
    private static final int ALL = 3;
    private static final double MILLIS_PER_SECOND = 1_000;

    private final List<Case> cases = new ArrayList<>();

    /**
     * One fault during one replay, whose results were equal to the oracle's.
     *
     * @param proof what shows that the fault happened
     * @param standstill longest time without a processed record from the fault on
     * @param failover from the fault until the partition had another leader; zero if it had none to fail over to
     * @param complete from the end of the fault until every partition had all its replicas in sync
     */
    record Case(String fault, String speed, String proof, Duration standstill, Duration failover, Duration complete) {}

    void add(Case one) {
        cases.add(one);
        System.out.println("chaos: " + row(one));
    }

    /** Writes the page if all faults were measured. */
    void writeIfWhole(long seed) throws IOException {
        if (cases.size() < ALL) {
            return;
        }
        List<String> lines = new ArrayList<>();
        lines.add("# What a fault of a broker costs");
        lines.add("");
        lines.add("Measured " + Instant.now().truncatedTo(ChronoUnit.SECONDS) + " on "
                + Runtime.getRuntime().availableProcessors() + " processors, " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ", Java " + System.getProperty("java.runtime.version") + ", Kafka "
                + AppInfoParser.getVersion() + ".");
        lines.add("Written by `ThreeBrokersIT`; not to be edited.");
        lines.add("");
        lines.add(
                "Three brokers, each also a controller, on one machine, with TLS, SCRAM and ACLs; replication factor 3,"
                        + " `min.insync.replicas` 2, Kafka's own timeouts. A replay of `pas-outage-demo` runs on them, with its");
        lines.add(
                "streams app in the same process. Each fault happens while it runs. At its end outages, impacts and counts"
                        + " are compared with the batch oracle, and the records of the inputs are counted: nothing was lost, nothing"
                        + " was there twice, and there was no dead letter.");
        lines.add("");
        lines.add("| fault | speed | proof that it happened | input stood still, s | until another leader, s |"
                + " until all replicas were in sync again, s |");
        lines.add("|---|---|---|---|---|---|");
        cases.stream().map(ChaosPage::row).sorted().forEach(lines::add);
        lines.add("");
        lines.add("- *Input stood still*: the longest time in which the app processed no record, from the fault on.");
        lines.add(
                "- *Until another leader*: from the fault until the partition had another leader, which answered. A killed"
                        + " broker counts as away after `broker.session.timeout.ms`, 9 s.");
        lines.add(
                "- *In sync again*: from the end of the fault, when the broker starts or continues. In a rolling restart:"
                        + " the longest of the three, from the stop; the next broker stops only then.");
        lines.add(
                "- A silent broker keeps its connections open, so that clients wait for `request.timeout.ms`, 30 s, before they"
                        + " ask another one.");
        lines.add("");
        lines.add("Seed " + seed + ". To repeat it:");
        lines.add("");
        lines.add("```bash");
        lines.add("mvn -B -ntp -pl system-tests -am verify -Dtest=none -Dit.test=ThreeBrokersIT -Dknockon.long=true"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false");
        lines.add("```");
        Files.write(FILE, lines);
    }

    private static String row(Case one) {
        return "| " + one.fault() + " | " + one.speed() + " | " + one.proof() + " | " + seconds(one.standstill())
                + " | " + (one.failover().isZero() ? "-" : seconds(one.failover())) + " | " + seconds(one.complete())
                + " |";
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f", time.toMillis() / MILLIS_PER_SECOND);
    }
}
