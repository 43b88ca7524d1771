package org.knockon.streams.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.Options;
import org.slf4j.LoggerFactory;

/** The client settings that Kafka Streams derives from our properties. */
class StreamsPropertiesTest {

    private static final RocksDbMemory MEMORY = new RocksDbMemory(RocksDbMemory.LEAST);

    @AfterAll
    static void close() {
        MEMORY.close();
    }

    @Test
    void tunesTheClients() {
        assertThat(producer(Map.of()))
                .containsEntry("linger.ms", 20)
                .containsEntry("batch.size", 262_144)
                .containsEntry("compression.type", "lz4");
        assertThat(consumer(Map.of()))
                .containsEntry("max.poll.records", 250)
                .containsEntry("max.partition.fetch.bytes", 131_072);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "producer."})
    void producerSettingsOfTheUserWinWithAndWithoutThePrefix(String prefix) {
        assertThat(producer(Map.of(prefix + "linger.ms", "5", prefix + "compression.type", "zstd")))
                .containsEntry("linger.ms", "5")
                .containsEntry("compression.type", "zstd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "consumer."})
    void consumerSettingsOfTheUserWinWithAndWithoutThePrefix(String prefix) {
        assertThat(consumer(Map.of(prefix + "max.poll.records", "10"))).containsEntry("max.poll.records", "10");
    }

    @Test
    void theUserCannotChangeWhatTheGuaranteesDependOn() {
        Map<String, String> tried = Map.of(
                "processing.guarantee", "at_least_once",
                "auto.offset.reset", "latest",
                "max.request.size", "100",
                "application.id", "another");

        assertThat(config(tried).getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG))
                .isEqualTo("exactly_once_v2");
        assertThat(config(tried).getString(StreamsConfig.APPLICATION_ID_CONFIG)).isEqualTo("knockon.streams");
        assertThat(consumer(tried)).containsEntry("auto.offset.reset", "earliest");
        assertThat(producer(tried)).containsEntry("max.request.size", 4 * 1024 * 1024);
    }

    /** By default the broker rejects records over an hour ahead of its clock, and event time may be. */
    @Test
    void changelogsAcceptAnyEventTime() {
        assertThat(config(Map.of("topic.message.timestamp.after.max.ms", "5"))
                        .originalsWithPrefix(StreamsConfig.TOPIC_PREFIX))
                .containsEntry("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
    }

    @Test
    void threadsAreMembersWithTheNameOfTheirInstance() {
        assertThat(consumer(Map.of())).containsEntry("group.instance.id", "ward-0");
        assertThat(consumer(Map.of("group.instance.id", "theatre"))).containsEntry("group.instance.id", "theatre-0");
    }

    @Test
    void theProtocolWithoutStaticMembershipGetsNoName() {
        assertThat(consumer(Map.of("group.protocol", "streams"))).doesNotContainKey("group.instance.id");
    }

    @Test
    void standbyReplicasAndZonesReachKafkaStreams() {
        Map<String, String> given = Map.of(
                "num.standby.replicas", "2",
                "acceptable.recovery.lag", "5000",
                "client.tag.zone", "a",
                "rack.aware.assignment.tags", "zone",
                "group.instance.id", "ward-3");

        StreamsConfig config = config(given);

        assertThat(config.getInt(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG)).isEqualTo(2);
        assertThat(config.getLong(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG)).isEqualTo(5_000);
        assertThat(config.getClientTags()).containsEntry("zone", "a");
        assertThat(config.getList(StreamsConfig.RACK_AWARE_ASSIGNMENT_TAGS_CONFIG))
                .containsExactly("zone");
        assertThat(config.getMainConsumerConfigs("group", "client", 1)).containsEntry("group.instance.id", "ward-3-1");
    }

    @Test
    void allStoresShareOneMemoryUnlessTheUserConfiguresThem() {
        assertThat(config(Map.of()).getClass(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG))
                .isEqualTo(RocksDbMemory.Setter.class);
        assertThat(config(Map.of("rocksdb.config.setter", OwnSetter.class.getName()))
                        .getClass(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG))
                .isEqualTo(OwnSetter.class);
    }

    public static final class OwnSetter implements RocksDBConfigSetter {

        @Override
        public void setConfig(String store, Options options, Map<String, Object> configs) {
            // Only its class is of interest.
        }

        @Override
        public void close(String store, Options options) {
            // It has nothing to close.
        }
    }

    @Test
    void kafkaStreamsWarnsOfNothingAtItsStart() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger kafka = (Logger) LoggerFactory.getLogger("org.apache.kafka");
        Level before = kafka.getLevel();
        kafka.setLevel(Level.WARN);
        kafka.addAppender(log);
        log.start();
        try {
            config(Map.of());
        } finally {
            kafka.detachAppender(log);
            kafka.setLevel(before);
        }

        assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).isEmpty();
    }

    private static Map<String, Object> producer(Map<String, String> given) {
        return config(given).getProducerConfigs("client");
    }

    private static Map<String, Object> consumer(Map<String, String> given) {
        return config(given).getMainConsumerConfigs("group", "client", 0);
    }

    private static StreamsConfig config(Map<String, String> given) {
        Map<String, Object> client = new HashMap<>(given);
        client.put("bootstrap.servers", "broker:9092");
        client.put("schema.registry.url", "http://registry:8081");
        return new StreamsConfig(StreamsProperties.of(StreamsAppSettings.parse(Map.of(), client), "ward", MEMORY));
    }
}
