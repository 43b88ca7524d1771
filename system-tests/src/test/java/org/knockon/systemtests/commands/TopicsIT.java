package org.knockon.systemtests.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.knockon.schemas.Topics;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;

@ExtendWith(SharedSandbox.class)
@Timeout(180)
class TopicsIT {

    @Test
    void createsTopicsOnceAndDoctorSeesThem(SharedSandbox.Place place) {
        String prefix = place.prefix();
        CommandRun before = CommandRun.of(place, "doctor", "--prefix", prefix);
        CommandRun created = CommandRun.of(place, "topics", "create", "--prefix", prefix, "--output", "json");
        CommandRun again = CommandRun.of(place, "topics", "create", "--prefix", prefix, "--output", "json");
        CommandRun after = CommandRun.of(place, "doctor", "--prefix", prefix, "--output", "json");

        int all = Topics.all().size();
        assertThat(before.exitCode()).isEqualTo(3);
        assertThat(before.out())
                .containsPattern("(?m)^broker +ok")
                .containsPattern("(?m)^topic " + prefix + "outages +missing +create with 'knockon topics create'$")
                .containsPattern("(?m)^registry +ok")
                .containsPattern("(?m)^schemas +UNAVAILABLE");
        assertThat(created.exitCode()).isZero();
        assertThat(created.json().get(0).get("created")).hasSize(all);
        assertThat(again.exitCode()).isZero();
        assertThat(again.json().get(0).get("created")).isEmpty();
        assertThat(again.json().get(0).get("existing")).hasSize(all);
        assertThat(again.json().get(0).get("schemas"))
                .isEqualTo(created.json().get(0).get("schemas"));
        assertThat(after.exitCode()).as(after.out()).isZero();
        assertThat(after.json().get(0).get("checks"))
                .allSatisfy(check -> assertThat(check.get("result").textValue()).isEqualTo("ok"));
    }

    @Test
    void reportsAnExistingTopicWithOtherSettingsAndKeepsIt(SharedSandbox.Place place) {
        String prefix = place.prefix();
        CommandRun.of(place, "topics", "create", "--prefix", prefix, "--partitions", "2");

        CommandRun again = CommandRun.of(place, "topics", "create", "--prefix", prefix, "--partitions", "3");

        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains(prefix + "appointments: partitions is 2, expected 3");
    }

    @Test
    void rejectsMoreReplicasInSyncThanTheBrokerMakes(SharedSandbox.Place place) {
        String prefix = place.prefix();

        CommandRun run = CommandRun.of(place, "topics", "create", "--prefix", prefix, "--min-insync-replicas", "2");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("min in-sync replicas must be at most the replication factor, 1");
        assertThat(CommandRun.of(place, "topics", "list", "--prefix", prefix).out())
                .doesNotContain("exists");
    }

    @Test
    void listsMissingTopicsAndDescribesExistingOnes(SharedSandbox.Place place) {
        String prefix = place.prefix();
        assertThat(CommandRun.of(place, "topics", "list", "--prefix", prefix).out())
                .containsPattern(prefix + "outages +MISSING");

        CommandRun.of(place, "topics", "create", "--prefix", prefix, "--replay");

        assertThat(CommandRun.of(place, "topics", "list", "--prefix", prefix).out())
                .containsPattern(prefix + "outages +exists +4")
                .doesNotContain("MISSING");
        CommandRun described = CommandRun.of(
                place,
                "topics",
                "describe",
                "appointments",
                prefix + "systems",
                "--prefix",
                prefix,
                "--output",
                "json");
        JsonNode topics = described.json().get(0);
        assertThat(topics).hasSize(2);
        assertThat(topics.get(0).get("topic").textValue()).isEqualTo(prefix + "appointments");
        assertThat(topics.get(0).get("retention.ms").textValue())
                .as("no deletion by age, for a replay")
                .isEqualTo("-1");
        assertThat(topics.get(0).get("min.insync.replicas").intValue()).isEqualTo(1);
        assertThat(topics.get(0).get("schemaId").intValue()).isPositive();
        assertThat(topics.get(1).get("cleanup.policy").textValue()).isEqualTo("compact");
    }

    @Test
    void describesATopicOfAReplayByItsFullName(SharedSandbox.Place place) {
        String topic = "knockon.replay.nowhere.outages";

        assertThat(CommandRun.of(place, "topics", "describe", topic, "--prefix", place.prefix())
                        .out())
                .startsWith(topic + "  MISSING");
    }
}
