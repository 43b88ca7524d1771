package org.knockon.schemas.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.knockon.sandbox.Sandbox;
import org.knockon.schemas.SharedSandbox;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.admin.TopicReport.Difference;

@ExtendWith(SharedSandbox.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TopicAdminIT {

    private final String bootstrapServers;
    private final Admin admin;

    TopicAdminIT(Sandbox sandbox) {
        bootstrapServers = sandbox.bootstrapServers();
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    @AfterAll
    void close() {
        admin.close();
    }

    @Test
    void createsEveryTopicOfTheTable() throws Exception {
        TopicReport report = TopicAdmin.create(admin, "a.", new TopicOptions(3, (short) 1, false));

        List<String> names =
                Topics.all().stream().map(topic -> topic.name("a.")).toList();
        assertThat(report.created()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(report.existing()).isEmpty();
        assertThat(report.differences()).isEmpty();
        Map<String, TopicDescription> described =
                admin.describeTopics(names).allTopicNames().get();
        for (Topic<?> topic : Topics.all()) {
            String name = topic.name("a.");
            assertThat(described.get(name).partitions()).as(name).hasSize(topic.partitioned() ? 3 : 1);
            assertThat(setting(name, "cleanup.policy"))
                    .isEqualTo(topic.cleanup().name().toLowerCase(Locale.ROOT));
            topic.retention()
                    .ifPresent(
                            age -> assertThat(setting(name, "retention.ms")).isEqualTo(Long.toString(age.toMillis())));
        }
    }

    @Test
    void leavesExistingTopicsUnchangedAndReportsDifferences() throws Exception {
        admin.createTopics(Set.of(new NewTopic("b.outages", 2, (short) 1).configs(Map.of("cleanup.policy", "delete"))))
                .all()
                .get();

        TopicReport first = TopicAdmin.create(admin, "b.", TopicOptions.DEFAULT);
        TopicReport second = TopicAdmin.create(admin, "b.", TopicOptions.DEFAULT);

        List<Difference> differences = List.of(
                new Difference("b.outages", "partitions", "4", "2"),
                new Difference("b.outages", "cleanup.policy", "compact", "delete"),
                new Difference(
                        "b.outages", "message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE), "3600000"));
        assertThat(first.created()).hasSize(Topics.all().size() - 1).doesNotContain("b.outages");
        assertThat(first.existing()).containsExactly("b.outages");
        assertThat(first.differences()).isEqualTo(differences);
        assertThat(second.created()).isEmpty();
        assertThat(second.existing()).hasSize(Topics.all().size());
        assertThat(second.differences()).isEqualTo(differences);
        assertThat(differences.get(0)).hasToString("b.outages: partitions is 2, expected 4");
    }

    @Test
    void disablesDeletionByAgeForReplays() {
        TopicAdmin.create(admin, "c.", TopicOptions.DEFAULT.forReplay());

        assertThat(Topics.all())
                .allSatisfy(topic ->
                        assertThat(setting(topic.name("c."), "retention.ms")).isEqualTo("-1"));
    }

    /** Kafka's defaults would refuse the first for its timestamp and the second for its length. */
    @Test
    void acceptsRecordsThatThePipelineMustHandle() throws Exception {
        TopicAdmin.create(admin, "e.", TopicOptions.DEFAULT);
        long year2099 = Instant.parse("2099-01-01T00:00:00Z").toEpochMilli();
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers, "max.request.size", 2_000_000);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            var future = producer.send(new ProducerRecord<>("e.system-health", null, year2099, "epr", new byte[1]))
                    .get();
            var large = producer.send(
                            new ProducerRecord<>("e.dead-letters", null, year2099, "epr", new byte[1_500_000]))
                    .get();

            assertThat(future.timestamp()).isEqualTo(year2099);
            assertThat(large.serializedValueSize()).isEqualTo(1_500_000);
        }
    }

    @Test
    void writesTheReplicasThatMustBeInSyncIntoEveryTopic() {
        TopicAdmin.create(admin, "f.", new TopicOptions(1, (short) 1, false, OptionalInt.of(1)));

        assertThat(Topics.all())
                .allSatisfy(topic -> assertThat(setBy(topic.name("f."), "min.insync.replicas"))
                        .isEqualTo(ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG));
    }

    /** The sandbox has one broker. */
    @Test
    void leavesTheReplicasInSyncToABrokerThatMakesOneReplica() {
        TopicAdmin.create(admin, "g.", TopicOptions.DEFAULT);

        assertThat(setBy("g.outages", "min.insync.replicas"))
                .isNotEqualTo(ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG);
    }

    @Test
    void refusesMoreReplicasInSyncThanTheBrokerMakesByDefault() throws Exception {
        assertThatThrownBy(
                        () -> TopicAdmin.create(admin, "h.", new TopicOptions(1, (short) -1, false, OptionalInt.of(2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most the replication factor, 1, but it is 2");
        assertThat(admin.listTopics().names().get()).noneMatch(name -> name.startsWith("h."));
    }

    @Test
    void reportsOtherReplicasInSyncThanWanted() throws Exception {
        admin.createTopics(Set.of(new NewTopic("i.outages", 4, (short) 1)
                        .configs(Map.of(
                                "cleanup.policy",
                                "compact",
                                "message.timestamp.after.max.ms",
                                Long.toString(Long.MAX_VALUE),
                                "min.insync.replicas",
                                "2"))))
                .all()
                .get();

        TopicReport wanted = TopicAdmin.create(admin, "i.", new TopicOptions(4, (short) 1, false, OptionalInt.of(1)));
        TopicReport byDefault = TopicAdmin.create(admin, "i.", TopicOptions.DEFAULT);

        assertThat(wanted.differences()).containsExactly(new Difference("i.outages", "min.insync.replicas", "1", "2"));
        assertThat(byDefault.differences()).isEmpty();
    }

    @Test
    void namesTheTopicThatTheBrokerRefuses() {
        assertThatThrownBy(() -> TopicAdmin.create(admin, "d.", new TopicOptions(1, (short) 3, false)))
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("cannot create topic d.")
                .hasMessageContaining("replication factor");
    }

    private String setting(String topic, String name) {
        return entry(topic, name).value();
    }

    private ConfigEntry.ConfigSource setBy(String topic, String name) {
        return entry(topic, name).source();
    }

    private ConfigEntry entry(String topic, String name) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            Config config = admin.describeConfigs(Set.of(resource)).all().get().get(resource);
            return config.get(name);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
