package org.knockon.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.sandbox.Sandbox;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.streams.app.KnockonStreams;
import org.slf4j.LoggerFactory;

/**
 * Every limit of the table on a real broker and registry, and records that stopped earlier versions of the pipeline.
 */
@ExtendWith(SharedSandbox.class)
class LimitsIT {

    private static final long NOON = Instant.parse("2022-07-19T12:00:00Z").toEpochMilli();
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String ROOT = org.slf4j.Logger.ROOT_LOGGER_NAME;
    private static final int DEPTH = 60_000;

    private static Sandbox sandbox;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @TempDir
    Path folder;

    @BeforeAll
    static void share(Sandbox shared) {
        sandbox = shared;
    }

    @Test
    void everyLimitIsExact() throws Exception {
        try (RealPipeline pipeline = new RealPipeline(sandbox, folder, 4)) {
            keepEveryVersion(pipeline);
            List<LimitCases.Case> cases = new LimitCases(pipeline.wireRecords(), NOON).all();
            List<String> rejected = new ArrayList<>();
            List<String> acceptedIds = new ArrayList<>();
            startLog();
            try (KnockonStreams app = KnockonStreams.start(pipeline.settings(allYears()))) {
                putCatalogue(pipeline);
                for (LimitCases.Case example : cases) {
                    if (example.key() == null && example.topic().cleanup() == Topic.Cleanup.COMPACT) {
                        continue; // the broker itself rejects these
                    }
                    RecordMetadata sent =
                            pipeline.sendBytes(example.topic(), example.key(), example.value(), example.timestamp());
                    (example.accepted() ? acceptedIds : rejected).add(origin(sent));
                }
                assertThat(app.awaitIdle(PATIENCE)).isTrue();
            } finally {
                stopLog();
            }
            assertThat(origins(pipeline)).containsExactlyInAnyOrderElementsOf(rejected);
            assertThat(acceptedIds).hasSizeGreaterThan(50);
            assertNoBodyIn(log.list);
        }
    }

    @Test
    void dataNestedInARegisteredRecursiveSchemaCostsOneDeadLetter() throws Exception {
        try (RealPipeline pipeline = new RealPipeline(sandbox, folder, 4)) {
            Schema recursive = recursive();
            int id = pipeline.register(Topics.APPOINTMENTS, recursive);
            GenericRecord plain = WireRecords.valid(Topics.APPOINTMENTS, NOON);
            GenericRecord record = new GenericData.Record(recursive);
            plain.getSchema().getFields().forEach(field -> record.put(field.name(), plain.get(field.name())));
            byte[] shallow = WireRecords.bytes(id, record);
            // By hand, because Avro's own writer would overflow: each level is the index of a branch of a union.
            byte[] deep = new byte[shallow.length + DEPTH];
            System.arraycopy(shallow, 0, deep, 0, shallow.length - 1);
            Arrays.fill(deep, shallow.length - 1, deep.length - 1, (byte) 2);

            RecordMetadata sent;
            try (KnockonStreams app = KnockonStreams.start(pipeline.settings(allYears()))) {
                putCatalogue(pipeline);
                sent = pipeline.sendBytes(Topics.APPOINTMENTS, key(WireRecords.APPOINTMENT), deep, NOON);
                pipeline.sendBytes(Topics.APPOINTMENTS, key(WireRecords.APPOINTMENT), shallow, NOON);
                assertThat(app.awaitIdle(PATIENCE)).isTrue();
            }
            assertThat(origins(pipeline)).containsExactly(origin(sent));
        }
    }

    /** Less than 1 MB compressed, but more than the app's producer can send as a dead letter. */
    @Test
    void millionsOfEmptyHeadersCostOneDeadLetter() throws Exception {
        try (RealPipeline pipeline = new RealPipeline(sandbox, folder, 4)) {
            List<String> sent = new ArrayList<>();
            try (KnockonStreams app = KnockonStreams.start(pipeline.settings(allYears()))) {
                List<Header> headers = Collections.nCopies(2_200_000, new RecordHeader("", null));
                sent.add(origin(pipeline.sendBytes(Topics.SYSTEMS, key("headers"), new byte[1], NOON, headers)));
                sent.add(origin(pipeline.sendBytes(Topics.SYSTEMS, key("next"), new byte[1], NOON)));
                assertThat(app.awaitIdle(PATIENCE)).isTrue();
            }
            assertThat(origins(pipeline)).containsExactlyInAnyOrderElementsOf(sent);
        }
    }

    @Test
    void aCompressedValueOfEightMegabytesCostsOneDeadLetter() throws Exception {
        try (RealPipeline pipeline = new RealPipeline(sandbox, folder, 4)) {
            List<String> sent = new ArrayList<>();
            try (KnockonStreams app = KnockonStreams.start(pipeline.settings(allYears()))) {
                for (Topic<?> topic : List.of(Topics.SYSTEMS, Topics.SYSTEM_HEALTH)) {
                    sent.add(origin(pipeline.sendBytes(topic, key("huge"), new byte[8 * 1024 * 1024], NOON)));
                    sent.add(origin(pipeline.sendBytes(topic, new byte[8 * 1024 * 1024], new byte[1], NOON)));
                }
                assertThat(app.awaitIdle(PATIENCE)).isTrue();
            }
            assertThat(origins(pipeline)).containsExactlyInAnyOrderElementsOf(sent);
        }
    }

    private static Schema recursive() {
        Schema plain = WireRecords.schema(Topics.APPOINTMENTS);
        Schema node = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"Node\",\"fields\":["
                        + "{\"name\":\"next\",\"type\":[\"null\",\"Node\"],\"default\":null}]}");
        List<Schema.Field> fields = new ArrayList<>();
        plain.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        fields.add(new Schema.Field(
                "extra",
                Schema.createUnion(Schema.create(Schema.Type.NULL), node),
                "More.",
                Schema.Field.NULL_DEFAULT_VALUE));
        return Schema.createRecord(plain.getName(), plain.getDoc(), plain.getNamespace(), false, fields);
    }

    private static Map<String, String> allYears() {
        return Map.of("replay.from", "2000-01-01T00:00:00Z", "replay.until", "2099-12-31T23:59:59.999Z");
    }

    /**
     * The cases have one key, and timestamps so far apart that the broker begins a new segment for them. On a busy machine
     * it would compact the one before until the app reads it.
     */
    private static void keepEveryVersion(RealPipeline pipeline) throws Exception {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        AlterConfigOp never = new AlterConfigOp(
                new ConfigEntry(TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "1"), AlterConfigOp.OpType.SET);
        for (Topic<?> topic : List.of(Topics.SYSTEMS, Topics.CARE_SERVICES)) {
            changes.put(new ConfigResource(ConfigResource.Type.TOPIC, topic.name(pipeline.prefix())), List.of(never));
        }
        try (Admin admin = Admin.create(pipeline.client())) {
            admin.incrementalAlterConfigs(changes).all().get();
        }
    }

    private static void putCatalogue(RealPipeline pipeline) {
        for (Topic<?> topic : List.of(Topics.SYSTEMS, Topics.CARE_SERVICES)) {
            byte[] value = pipeline.wireRecords().bytes(topic, WireRecords.valid(topic, NOON));
            String id = topic == Topics.SYSTEMS ? WireRecords.SYSTEM : WireRecords.SERVICE;
            pipeline.sendBytes(topic, key(id), value, NOON);
            pipeline.sendBytes(topic, key("é".repeat(128)), value, NOON);
        }
    }

    private static byte[] key(String id) {
        return id.getBytes(UTF_8);
    }

    private static String origin(RecordMetadata sent) {
        return sent.topic() + "-" + sent.partition() + "@" + sent.offset();
    }

    private static List<String> origins(RealPipeline pipeline) {
        return pipeline.read(Topics.DEAD_LETTERS).stream()
                .map(letter ->
                        header(letter, "topic") + "-" + header(letter, "partition") + "@" + header(letter, "offset"))
                .toList();
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(
                letter.headers().lastHeader("__streams.errors." + name).value(), UTF_8);
    }

    private void startLog() {
        Logger root = (Logger) LoggerFactory.getLogger(ROOT);
        root.setLevel(Level.INFO);
        log.start();
        root.addAppender(log);
    }

    private void stopLog() {
        Logger root = (Logger) LoggerFactory.getLogger(ROOT);
        root.detachAppender(log);
        root.setLevel(Level.ERROR);
    }

    private static void assertNoBodyIn(List<ILoggingEvent> events) {
        assertThat(events).isNotEmpty();
        for (ILoggingEvent event : events) {
            String text = event.getFormattedMessage()
                    + (event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy()));
            assertThat(text).doesNotContain(WireRecords.PRIVATE);
        }
    }
}
