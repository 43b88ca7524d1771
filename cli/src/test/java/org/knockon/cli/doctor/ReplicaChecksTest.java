package org.knockon.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.knockon.cli.doctor.ReplicaChecks.Replication;

class ReplicaChecksTest {

    private static final Replication SAFE = new Replication(3, 2);

    @Test
    void warnsOfTopicsThatCanLoseRecords() {
        Map<String, Replication> topics = Map.of("a", SAFE, "b", new Replication(3, 1), "c", new Replication(2, 1));

        assertThat(ReplicaChecks.of(new TreeMap<>(topics)))
                .containsExactly(Check.warning(
                        "replicas",
                        "min.insync.replicas is 1: records that were acknowledged can be lost with one broker:"
                                + " 2 of 3 topics (b, c)"));
    }

    @Test
    void warnsOfTopicsThatOneBrokerStops() {
        Map<String, Replication> topics = Map.of("a", new Replication(3, 3), "b", new Replication(3, 3));

        assertThat(ReplicaChecks.of(new TreeMap<>(topics)))
                .containsExactly(Check.warning(
                        "replicas",
                        "min.insync.replicas is 3, and there are 3 replicas: nothing can be written while one broker is"
                                + " down: all 2 topics"));
    }

    @Test
    void namesEachRiskByItself() {
        Map<String, Replication> topics = Map.of("a", new Replication(3, 1), "b", new Replication(3, 3));

        assertThat(ReplicaChecks.of(new TreeMap<>(topics)))
                .extracting(Check::detail)
                .satisfiesExactly(
                        lost -> assertThat(lost).endsWith(": 1 of 2 topics (a)"),
                        stopped -> assertThat(stopped).endsWith(": 1 of 2 topics (b)"));
    }

    @Test
    void isContentWithASafeTopicAndWithASingleReplica() {
        Map<String, Replication> topics = Map.of("a", SAFE, "b", SAFE, "c", new Replication(1, 1));

        assertThat(ReplicaChecks.of(new TreeMap<>(topics)))
                .containsExactly(Check.ok("replicas", "1 replica; 3 replicas, at least 2 in sync"));
        assertThat(ReplicaChecks.of(new TreeMap<>())).isEmpty();
    }

    @Test
    void aWarningIsNoFailure() {
        assertThat(Check.warning("replicas", "a risk").result().failed()).isFalse();
    }
}
