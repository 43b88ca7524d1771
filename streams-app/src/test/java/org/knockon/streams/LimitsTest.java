package org.knockon.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.limits.InputLimits;
import org.knockon.streams.task.Names;

/**
 * Every limit of the table, on the driver: a record at the limit is accepted; one byte, entry or millisecond more is
 * one dead letter.
 */
class LimitsTest {

    private static final long NOON = Instant.parse("2022-07-19T12:00:00Z").toEpochMilli();

    static Stream<LimitCases.Case> cases() {
        return new LimitCases(PipelineDriver.wireRecords(), NOON).all().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isExact(LimitCases.Case example) {
        try (PipelineDriver driver = PipelineDriver.ofAllYears()) {
            if (example.topic() == Topics.SYSTEM_HEALTH || example.topic() == Topics.APPOINTMENTS) {
                putCatalogue(driver, example);
            }
            long before = driver.stored(evidence(example.topic()));

            driver.sendBytes(example.topic(), example.key(), example.value(), example.timestamp());
            driver.settle();

            assertThat(driver.deadLetters()).hasSize(example.accepted() ? 0 : 1);
            assertThat(driver.stored(evidence(example.topic())) > before)
                    .as("has an effect")
                    .isEqualTo(example.accepted());
            if (!example.accepted()) {
                assertThat(driver.deadLetters().get(0).key()).isEqualTo(example.key());
                assertThat(driver.deadLetters().get(0).value()).isEqualTo(example.value());
            }
        }
    }

    @Test
    void coversEveryFieldOfTheTable() {
        List<LimitCases.Case> all = cases().toList();
        for (InputLimits<?> limits : InputLimits.all()) {
            limits.fields()
                    .forEach(limit -> assertThat(all)
                            .filteredOn(example -> example.topic() == limits.topic())
                            .as("%s %s", limits.topic().shortName(), limit.field())
                            .anySatisfy(example -> assertThat(example.name()).startsWith(limit.field() + " "))
                            .anySatisfy(
                                    example -> assertThat(example.accepted()).isFalse()));
        }
    }

    /** The service or system that the record names. */
    private static void putCatalogue(PipelineDriver driver, LimitCases.Case example) {
        boolean health = example.topic() == Topics.SYSTEM_HEALTH;
        Topic<?> topic = health ? Topics.SYSTEMS : Topics.CARE_SERVICES;
        GenericRecord record = WireRecords.valid(topic, NOON);
        byte[] key = (health ? WireRecords.SYSTEM : WireRecords.SERVICE).getBytes(StandardCharsets.UTF_8);
        driver.sendBytes(topic, key, PipelineDriver.wireRecords().bytes(topic, record), NOON);
        byte[] longest = "é".repeat(128).getBytes(StandardCharsets.UTF_8);
        driver.sendBytes(topic, longest, PipelineDriver.wireRecords().bytes(topic, record), NOON);
    }

    private static String evidence(Topic<?> topic) {
        if (topic == Topics.SYSTEM_HEALTH) {
            return Names.OBSERVATIONS;
        }
        return topic == Topics.APPOINTMENTS ? Names.APPOINTMENTS : Names.SITUATION;
    }
}
