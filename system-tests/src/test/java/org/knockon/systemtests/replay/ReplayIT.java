package org.knockon.systemtests.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;

@ExtendWith(SharedSandbox.class)
@Timeout(300)
class ReplayIT {

    @Test
    void verifiesTheDemoAndPrintsOneJsonObject(SharedSandbox.Place place) {
        String prefix = place.prefix();
        CommandRun replay = CommandRun.of(
                place,
                "replay",
                "pas-outage-demo",
                "--verify",
                "--output",
                "json",
                "--run",
                "demo",
                "--prefix",
                prefix);

        assertThat(replay.exitCode()).as(replay.toString()).isZero();
        assertThat(replay.json()).as("one object only").hasSize(1);
        JsonNode summary = replay.json().get(0);
        assertThat(summary.get("verification").get("verified").booleanValue()).isTrue();
        assertThat(summary.get("verification").get("differences")).isEmpty();
        assertThat(summary.get("verification").get("impacts").intValue()).isGreaterThan(100);
        assertThat(summary.get("topicPrefix").textValue()).isEqualTo(prefix + "replay.demo.");
        assertThat(summary.get("synthetic").textValue()).startsWith("Everything here is invented");
        assertThat(summary.get("deadLetters").intValue()).isZero();
        JsonNode counts = summary.get("counts");
        assertThat(counts.get("postponed").longValue())
                .isPositive()
                .isEqualTo(sum(counts, "awaitingDate", "rebooked", "recovered", "abandoned"));
        assertThat(summary.get("byCategory").get("OUTPATIENT").get("postponed").longValue()
                        + summary.get("byCategory")
                                .get("DIAGNOSTIC")
                                .get("postponed")
                                .longValue())
                .isEqualTo(counts.get("postponed").longValue());
        assertThat(replay.err()).contains("SYNTHETIC EXERCISE", "100% of");
    }

    /** The second start of the same run finds all results published, and one count that the test has forged. */
    @Test
    void reportsACountThatDiffersFromTheOracleAndExitsWith1(SharedSandbox.Place place) {
        String[] replay = {"replay", "pas-outage-demo", "--verify", "--run", "tampered", "--prefix", place.prefix()};
        String topics = replay[replay.length - 1] + "replay.tampered.";
        CommandRun first = CommandRun.of(place, replay);
        assertThat(first.exitCode()).as(first.toString()).isZero();
        assertThat(first.out()).contains("equal the batch oracle", "Everything here is invented");

        JsonNode record = CommandRun.of(
                        place,
                        "consume",
                        "--topic",
                        "impact-counts",
                        "--from-beginning",
                        "--until-end",
                        "--prefix",
                        topics)
                .json()
                .stream()
                .filter(line -> line.get("key").textValue().equals("CATEGORY|OUTPATIENT"))
                .reduce((earlier, later) -> later)
                .orElseThrow();
        long awaiting = record.get("value").get("awaitingDate").longValue();
        String forged = record.toString().replace("\"awaitingDate\":" + awaiting, "\"awaitingDate\":" + (awaiting + 1));
        assertThat(CommandRun.withInput(
                                place, forged, "produce", "--topic", "impact-counts", "--file", "-", "--prefix", topics)
                        .exitCode())
                .isZero();

        CommandRun second = CommandRun.of(place, replay);

        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.out())
                .contains("NOT verified: 1 difference")
                .contains("counts of CATEGORY|OUTPATIENT: awaitingDate expected " + awaiting + ", found "
                        + (awaiting + 1));
    }

    private static long sum(JsonNode counts, String... names) {
        long sum = 0;
        for (String name : names) {
            sum += counts.get(name).longValue();
        }
        return sum;
    }
}
