package org.knockon.cli.records;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knockon.cli.connect.TopicNames;
import org.knockon.schemas.KnockonSerdes;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;

class LineReaderTest {

    private static final long NOW = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final String OBSERVATION =
            "{'systemId':'pas','status':'DOWN','observedAt':'2025-03-12T09:40:00Z','monitor':'probe','detail':'caf\u00e9'}";

    private final KnockonSerdes serdes = new KnockonSerdes(Map.of("schema.registry.url", "mock://lines"));

    @AfterEach
    void closesSerdes() {
        serdes.close();
    }

    @Test
    void aRecordCarriesItsEventsOwnTimeAndKeyWhereNoneAreGiven() throws BadRecordException {
        ProducerRecord<byte[], byte[]> record = read(Topics.SYSTEM_HEALTH, "{'value':" + OBSERVATION + "}");

        assertThat(record.topic()).isEqualTo("knockon.system-health");
        assertThat(record.key()).asString(UTF_8).isEqualTo("pas");
        assertThat(record.timestamp())
                .isEqualTo(Instant.parse("2025-03-12T09:40:00Z").toEpochMilli());
    }

    @Test
    void aTimestampThatIsGivenWinsAndAnythingElseIsStampedNow() throws BadRecordException {
        assertThat(read(Topics.SYSTEM_HEALTH, "{'value':" + OBSERVATION + ",'timestamp':'2025-03-12T10:00:00+01:00'}")
                        .timestamp())
                .isEqualTo(Instant.parse("2025-03-12T09:00:00Z").toEpochMilli());
        assertThat(read(Topics.SYSTEMS, "{'key':'pas','value':null}").timestamp())
                .isEqualTo(NOW);
    }

    @Test
    void nullIsATombstone() throws BadRecordException {
        assertThat(read(Topics.SYSTEMS, "{'key':'pas','value':null}").value()).isNull();
    }

    @Test
    void whatConsumeWritesCanBeProducedAgain() throws BadRecordException {
        ProducerRecord<byte[], byte[]> first = read(
                Topics.SYSTEM_HEALTH,
                "{'key':'pas','value':" + OBSERVATION + ",'headers':{'exercise':'run','twice':['a','b'],'none':null}}");
        String line;
        try (LineWriter writer = new LineWriter(Topics.SYSTEM_HEALTH, serdes)) {
            line = writer.line(consumed(first));
        }

        ProducerRecord<byte[], byte[]> second =
                LineReader.of(named(Topics.SYSTEM_HEALTH), serdes).read(line, NOW);

        assertThat(line)
                .startsWith("{\"key\":\"pas\",\"value\":{\"systemId\":\"pas\",\"status\":\"DOWN\"")
                .contains(
                        "\"detail\":\"caf\u00e9\"",
                        "\"timestamp\":\"2025-03-12T09:40:00Z\",\"partition\":3,\"offset\":7")
                .contains("\"headers\":{\"exercise\":\"run\",\"twice\":[\"a\",\"b\"],\"none\":null}");
        assertThat(second.key()).isEqualTo(first.key());
        assertThat(second.value()).isEqualTo(first.value());
        assertThat(second.timestamp()).isEqualTo(first.timestamp());
        assertThat(second.headers()).isEqualTo(first.headers());
    }

    @Test
    void deadLettersAreBase64AndTheirHeadersText() throws BadRecordException {
        ProducerRecord<byte[], byte[]> record = read(
                Topics.DEAD_LETTERS, "{'key':'AAH/','value':'/wA=','headers':{'__streams.errors.message':'no Avro'}}");

        assertThat(record.key()).containsExactly(0, 1, 255);
        assertThat(record.value()).containsExactly(255, 0);
        try (LineWriter writer = new LineWriter(Topics.DEAD_LETTERS, serdes)) {
            assertThat(writer.line(consumed(record)))
                    .contains("\"key\":\"AAH/\",\"value\":\"/wA=\"", "\"__streams.errors.message\":\"no Avro\"");
        }
    }

    @Test
    void junkOnATopicIsReportedWithoutItsBytes() {
        try (LineWriter writer = new LineWriter(Topics.SYSTEM_HEALTH, serdes)) {
            ConsumerRecord<byte[], byte[]> junk = new ConsumerRecord<>(
                    "knockon.system-health", 0, 0, "pas".getBytes(UTF_8), "secret junk".getBytes(UTF_8));

            assertThatThrownBy(() -> writer.line(junk))
                    .isInstanceOf(BadRecordException.class)
                    .hasMessageNotContaining("secret");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "not json                                             # no JSON: Unrecognized token 'not'",
                "{'key':'pas','value':null} {}                        # no JSON: Trailing token",
                "{'key':'pas','key':'pas','value':null}               # no JSON: Duplicate field 'key'",
                "['pas']                                              # a record is an object",
                "{'key':'pas'}                                        # value is missing; write null for a tombstone",
                "{'kye':'pas','value':null}                           # 'kye' is not known; did you mean 'key'?",
                "{'value':null}                                       # key is missing: systemId",
                "{'key':7,'value':null}                               # key must be a text: systemId",
                "{'key':'pas','value':null,'timestamp':'yesterday'}   # timestamp must be a time such as",
                "{'key':'pas','value':null,'timestamp':1741772400000} # timestamp must be a time such as",
                "{'key':'pas','value':null,'timestamp':'1969-01-01T00:00:00Z'} # timestamp must not be before 1970",
                "{'key':'pas','value':null,'headers':{'a':1}}         # header a must be a text",
                "{'key':'pas','value':null,'headers':'a'}             # headers must be an object of texts",
                "{'key':'pas','value':{'systemId':'pas','status':'DOWN','monitor':'probe'}} # value: observedAt is missing",
                "{'key':'pas','value':{'systemId':'pas','status':'OFF','observedAt':'2025-03-12T09:40:00Z','monitor':'p'}}"
                        + " # value: status must be one of",
                "{'key':'ris','value':{'systemId':'pas','status':'UP','observedAt':'2025-03-12T09:40:00Z','monitor':'p'}}"
                        + " # key is 'ris', but the value's systemId is 'pas'"
            })
    void saysWhatIsWrongWithALine(String line, String reason) {
        assertThatThrownBy(() -> read(Topics.SYSTEM_HEALTH, line))
                .isInstanceOf(BadRecordException.class)
                .hasMessageStartingWith(reason);
    }

    private ProducerRecord<byte[], byte[]> read(Topic<?> topic, String line) throws BadRecordException {
        return LineReader.of(named(topic), serdes).read(line.replace('\'', '"'), NOW);
    }

    private static TopicNames.Named named(Topic<?> topic) {
        return new TopicNames.Named(topic, topic.name("knockon."));
    }

    private static ConsumerRecord<byte[], byte[]> consumed(ProducerRecord<byte[], byte[]> sent) {
        return new ConsumerRecord<>(
                sent.topic(),
                3,
                7,
                sent.timestamp(),
                TimestampType.CREATE_TIME,
                0,
                0,
                sent.key(),
                sent.value(),
                sent.headers(),
                java.util.Optional.empty());
    }
}
