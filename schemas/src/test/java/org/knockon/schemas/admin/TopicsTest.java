package org.knockon.schemas.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.schemas.Samples;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;

class TopicsTest {

    private static final String REPLAY = "knockon.replay.july-7.";

    @Test
    void findsATopicWithAndWithoutPrefix() {
        assertThat(Topics.byName("system-health", REPLAY)).contains(Topics.SYSTEM_HEALTH);
        assertThat(Topics.byName("knockon.replay.july-7.system-health", REPLAY)).contains(Topics.SYSTEM_HEALTH);
        assertThat(Topics.byName("knockon.system-health", REPLAY)).isEmpty();
        assertThat(Topics.byName("health", REPLAY)).isEmpty();
    }

    @Test
    void givesEveryTopicANameThatTheBrokerAcceptsWithoutWarning() {
        Set<String> names =
                Topics.all().stream().map(topic -> topic.name(REPLAY)).collect(Collectors.toSet());

        assertThat(names).hasSameSizeAs(Topics.all());
        assertThat(names).allSatisfy(name -> {
            org.apache.kafka.common.internals.Topic.validate(name);
            assertThat(name.contains("_")).as(name).isFalse();
        });
    }

    @Test
    void hasOnePartitionForWhatEveryReaderNeedsWholeAndFourForEverythingElse() {
        assertThat(Topics.all())
                .filteredOn(topic -> !topic.partitioned())
                .containsExactly(Topics.SYSTEMS, Topics.CARE_SERVICES, Topics.INPUT_PROGRESS, Topics.FEEDS);
        assertThat(Topics.all()).filteredOn(Topic::partitioned).allMatch(topic -> topic.partitions() == 4);
    }

    @Test
    void copiesTheKeyIntoValuesWhoseSchemaOmitsIt() {
        MonitoredSystem system =
                (MonitoredSystem) Samples.all().get(Topics.SYSTEMS).get(0);
        CareService service =
                (CareService) Samples.all().get(Topics.CARE_SERVICES).get(0);

        assertThat(Topics.SYSTEMS.keyed("epr", system).systemId()).isEqualTo("epr");
        assertThat(Topics.SYSTEMS.keyed("epr", system).dependsOn()).isEqualTo(system.dependsOn());
        assertThat(Topics.CARE_SERVICES.keyed("ct-1", service).serviceId()).isEqualTo("ct-1");
        assertThat(Topics.CARE_SERVICES.keyed("ct-1", service).requires()).isEqualTo(service.requires());
        assertThat(Topics.SYSTEMS.keyed("epr", null)).isNull();
    }

    @Test
    void deletesNothingByAgeInAReplay() {
        for (Topic<?> topic : Topics.all()) {
            Map<String, String> settings = TopicAdmin.settings(topic, TopicOptions.DEFAULT.forReplay());
            assertThat(settings).as(topic.shortName()).containsEntry(TopicConfig.RETENTION_MS_CONFIG, "-1");
        }
    }

    @Test
    void setsTheRetentionOfTheTableForLiveTopics() {
        assertThat(TopicAdmin.settings(Topics.BROADCAST, TopicOptions.DEFAULT))
                .containsEntry(TopicConfig.CLEANUP_POLICY_CONFIG, "delete")
                .containsEntry(TopicConfig.RETENTION_MS_CONFIG, Long.toString(7 * 86_400_000L));
        assertThat(TopicAdmin.settings(Topics.OUTAGES, TopicOptions.DEFAULT))
                .containsEntry(TopicConfig.CLEANUP_POLICY_CONFIG, "compact")
                .doesNotContainKey(TopicConfig.RETENTION_MS_CONFIG);
    }

    /** Otherwise a reader that starts at the beginning reads a week of reports. */
    @Test
    void keepsTheTopicOfProgressShort() {
        assertThat(TopicAdmin.settings(Topics.INPUT_PROGRESS, TopicOptions.DEFAULT))
                .containsEntry(TopicConfig.CLEANUP_POLICY_CONFIG, "compact")
                .containsEntry(TopicConfig.SEGMENT_MS_CONFIG, "600000");
    }

    @Test
    void refusesInvalidTablesAndOptions() {
        assertThatThrownBy(() -> new Topic<>(
                        "x", String.class, "k", 1, Topic.Cleanup.DELETE, Optional.empty(), (key, value) -> value, ""))
                .hasMessage("x: cleanup DELETE needs a retention, and no other cleanup may have one");
        assertThatThrownBy(() -> new TopicOptions(0, (short) 1, false)).hasMessageContaining("partitions");
        assertThatThrownBy(() -> new TopicOptions(1, (short) 0, false)).hasMessageContaining("replication factor");
    }

    @Test
    void asksForTwoReplicasInSyncWhereThreeAllowOneToFail() {
        assertThat(InsyncReplicas.byDefault(1)).isEmpty();
        assertThat(InsyncReplicas.byDefault(2)).isEmpty();
        assertThat(InsyncReplicas.byDefault(3)).hasValue(2);
        assertThat(InsyncReplicas.byDefault(5)).hasValue(2);
    }

    @Test
    void warnsWhereOneBrokerCanLoseRecordsOrStopTheWriters() {
        assertThat(InsyncReplicas.warning(1, 1)).isEmpty();
        assertThat(InsyncReplicas.warning(2, 1))
                .hasValueSatisfying(text -> assertThat(text).contains("can be lost"));
        assertThat(InsyncReplicas.warning(2, 2))
                .hasValueSatisfying(text -> assertThat(text).contains("nothing can be written"));
        assertThat(InsyncReplicas.warning(3, 1)).isPresent();
        assertThat(InsyncReplicas.warning(3, 2)).isEmpty();
        assertThat(InsyncReplicas.warning(3, 3)).isPresent();
    }

    @Test
    void refusesMoreReplicasInSyncThanThereAre() {
        assertThatThrownBy(() -> new TopicOptions(1, (short) 3, false, OptionalInt.of(4)))
                .hasMessageContaining("at most the replication factor, 3");
        assertThatThrownBy(() -> new TopicOptions(1, (short) 3, false, OptionalInt.of(0)))
                .hasMessageContaining("at least 1");
    }
}
