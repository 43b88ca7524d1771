package org.knockon.cli.records;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knockon.cli.connect.TopicNames;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.registry.RegistryUnavailableException;
import org.knockon.schemas.serde.KnockonSerdes;

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
    void defaultsToTheTimeAndIdOfTheEvent() throws BadRecordException {
        ProducerRecord<byte[], byte[]> record = read(Topics.SYSTEM_HEALTH, "{'value':" + OBSERVATION + "}");

        assertThat(record.topic()).isEqualTo("knockon.system-health");
        assertThat(record.key()).asString(UTF_8).isEqualTo("pas");
        assertThat(record.timestamp())
                .isEqualTo(Instant.parse("2025-03-12T09:40:00Z").toEpochMilli());
    }

    @Test
    void usesTheGivenTimestampOrTheCurrentTime() throws BadRecordException {
        assertThat(read(Topics.SYSTEM_HEALTH, "{'value':" + OBSERVATION + ",'timestamp':'2025-03-12T10:00:00+01:00'}")
                        .timestamp())
                .isEqualTo(Instant.parse("2025-03-12T09:00:00Z").toEpochMilli());
        assertThat(read(Topics.SYSTEMS, "{'key':'pas','value':null}").timestamp())
                .isEqualTo(NOW);
    }

    @Test
    void readsNullAsATombstone() throws BadRecordException {
        assertThat(read(Topics.SYSTEMS, "{'key':'pas','value':null}").value()).isNull();
    }

    @Test
    void readsTheOutputOfConsume() throws BadRecordException {
        ProducerRecord<byte[], byte[]> first = read(
                Topics.SYSTEM_HEALTH,
                "{'key':'pas','value':" + OBSERVATION + ",'headers':{'exercise':'run','twice':['a','b'],'none':null}}");
        String line;
        try (LineWriter writer = new LineWriter(Topics.SYSTEM_HEALTH, serdes)) {
            line = writer.line(consumed(first));
        }

        ProducerRecord<byte[], byte[]> second =
                LineReader.of(named(Topics.SYSTEM_HEALTH), serdes).read(line, NOW, NOW);

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
    void readsDeadLettersAsBase64AndTheirHeadersAsText() throws BadRecordException {
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
    void reportsAnUnreadableRecordWithoutItsBytes() {
        try (LineWriter writer = new LineWriter(Topics.SYSTEM_HEALTH, serdes)) {
            ConsumerRecord<byte[], byte[]> junk = new ConsumerRecord<>(
                    "knockon.system-health", 0, 0, "pas".getBytes(UTF_8), "secret junk".getBytes(UTF_8));

            assertThatThrownBy(() -> writer.line(junk))
                    .isInstanceOf(BadRecordException.class)
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void anUnreachableRegistryMakesNoRecordInvalid() {
        Map<String, Object> unreachable = Map.of("schema.registry.url", "http://localhost:1", "max.retries", "0");
        try (KnockonSerdes without = new KnockonSerdes(unreachable);
                LineWriter writer = new LineWriter(Topics.SYSTEM_HEALTH, without)) {
            ConsumerRecord<byte[], byte[]> record =
                    new ConsumerRecord<>("knockon.system-health", 0, 0, new byte[1], new byte[] {0, 0, 0, 0, 7, 1});

            assertThatThrownBy(() -> writer.line(record)).isInstanceOf(RegistryUnavailableException.class);
            assertThatThrownBy(() -> LineReader.of(named(Topics.SYSTEM_HEALTH), without)
                            .read(("{'value':" + OBSERVATION + "}").replace('\'', '"'), NOW, NOW))
                    .isInstanceOf(RegistryUnavailableException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "not json                                             # the line does not begin with {: the format is JSON lines",
                "null                                                 # the line does not begin with {: the format is JSON lines",
                "systemId,status,observedAt,monitor                   # the line does not begin with {: the format is JSON lines",
                "// a comment                                         # comments are not allowed; remove the line",
                "{'key':'pas','value':null} {}                        # a second record follows on the same line; write one record per line",
                "{'key':'pas','value':null} ,                         # a comma follows the record",
                "{'key':'pas','value':null} // deleted                # not valid JSON: Unexpected character ('/'",
                "{'key':'pas','value':null} 7                         # unexpected text after the record at column 27",
                "{'key':'pas','value':null}}                          # not valid JSON: Unexpected close marker '}'",
                "{'key':'pas','value':                                # not valid JSON: Unexpected end-of-input",
                "{'key':'pas','key':'pas','value':null}               # not valid JSON: Duplicate field 'key' at column 19",
                "['pas']                                              # the line is a list; write each record as an object",
                "{'systemId':'pas','status':'DOWN'}                   # value is missing: put the fields of the record inside it",
                "{'key':'pas'}                                        # value is missing; write null for a tombstone",
                "{'kye':'pas','value':null}                           # 'kye' is unknown; did you mean 'key'?",
                "{'value':null}                                       # key is missing: systemId",
                "{'key':7,'value':null}                               # key must be a string: systemId",
                "{'key':'pas','value':null,'timestamp':'yesterday'}   # timestamp must be a time such as",
                "{'key':'pas','value':null,'timestamp':1741772400000} # timestamp must be a time such as",
                "{'key':'pas','value':null}                           # value is null: an observation cannot be deleted",
                "{'key':'pas','value':{'systemId':'pas','status':'DOWN','monitor':'probe'}} # value: observedAt is missing",
                "{'key':'pas','value':{'systemId':'pas','status':'OFF','observedAt':'2025-03-12T09:40:00Z','monitor':'p'}}"
                        + " # value: status must be one of",
                "{'key':'ris','value':{'systemId':'pas','status':'UP','observedAt':'2025-03-12T09:40:00Z','monitor':'p'}}"
                        + " # key is 'ris', but the value's systemId is 'pas'"
            })
    void explainsAnInvalidLine(String line, String reason) {
        assertThatThrownBy(() -> read(Topics.SYSTEM_HEALTH, line))
                .isInstanceOf(BadRecordException.class)
                .hasMessageStartingWith(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{'key':'pas','value':null,'timestamp':'1969-01-01T00:00:00Z'} # timestamp is 1969-01-01T00:00:00Z, outside the years",
                "{'key':'pas','value':null,'timestamp':'2026-01-01T00:00:00.001Z'} # timestamp 2026-01-01T00:00:00.001Z lies in the future",
                "{'key':'pas','value':null,'headers':{'a':1}}         # header a must be a string",
                "{'key':'pas','value':null,'headers':'a'}             # headers must be an object with strings",
                "{'key':'pas','value':null,'headers':{'a':'\\ud800'}}   # header a contains an unpaired surrogate",
                "{'key':'\\ud800','value':null}                        # key contains an unpaired surrogate",
                "{'key':'','value':null}                              # the key is empty"
            })
    void explainsAnInvalidKeyTimestampOrHeader(String line, String reason) {
        assertThatThrownBy(() -> read(Topics.SYSTEMS, line))
                .isInstanceOf(BadRecordException.class)
                .hasMessageStartingWith(reason);
    }

    @Test
    void quotesOnlyTheBeginningOfALongText() {
        String secret = "1234567890".repeat(1_000);
        for (String line : List.of(
                "{'value':{'systemId':'pas','status':'" + secret
                        + "','observedAt':'2025-03-12T09:40:00Z','monitor':'p'}}",
                "{'value':{'systemId':'pas','status':'UP','observedAt':'" + secret + "','monitor':'p'}}",
                "{'value':{'systemId':'pas','status':'UP','observedAt':'2025-03-12T09:40:00Z','monitor':'" + secret
                        + "'}}",
                "{'value':{'systemId':'" + secret
                        + "','status':'UP','observedAt':'2025-03-12T09:40:00Z','monitor':'p'}}",
                "{'key':'" + secret
                        + "','value':{'systemId':'pas','status':'UP','observedAt':'2025-03-12T09:40:00Z','monitor':'p'}}",
                "{'value':{'" + secret + "':1}}",
                "{'" + secret + "':1,'value':null}",
                "{'" + secret + "':1}",
                "{'value':" + secret + "}",
                "{'value':" + secret.replace('1', 'x') + "}",
                "{'" + secret + "':1,'" + secret + "':1,'value':null}",
                secret)) {
            assertThatThrownBy(() -> read(Topics.SYSTEM_HEALTH, line))
                    .as(line.substring(0, 30))
                    .isInstanceOf(BadRecordException.class)
                    .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
        }
    }

    @Test
    void rejectsAnObservationInTheFutureAsThePipelineDoes() throws BadRecordException {
        String ahead = "{'value':{'systemId':'pas','status':'UP','observedAt':'2026-01-01T00:01:00Z','monitor':'p'}}";

        assertThatThrownBy(() -> read(Topics.SYSTEM_HEALTH, ahead))
                .isInstanceOf(BadRecordException.class)
                .hasMessageStartingWith("observedAt 2026-01-01T00:01:00Z lies in the future");
        assertThat(LineReader.of(named(Topics.SYSTEM_HEALTH), serdes).read(ahead.replace('\'', '"'), NOW, NOW + 60_000))
                .isNotNull();
    }

    private ProducerRecord<byte[], byte[]> read(Topic<?> topic, String line) throws BadRecordException {
        return LineReader.of(named(topic), serdes).read(line.replace('\'', '"'), NOW, NOW);
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
