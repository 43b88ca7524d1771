package org.knockon.schemas.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.knockon.avro.Monitoring;
import org.knockon.avro.Standard;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.ServiceStandard;

/** The availability that a system promises: an exact decimal on the wire and in the program. */
class SystemMappingTest {

    private final SystemMapping mapping = new SystemMapping();

    @ParameterizedTest
    @CsvSource({"99.95, 99.95", "0, 0", "100, 100", "100.000000, 100", "99.999999, 99.999999", "099.50, 99.5"})
    void readsADecimalExactly(String text, String expected) {
        ServiceStandard standard = read(text);

        assertThat(standard.availabilityPercent()).isEqualTo(new BigDecimal(expected).stripTrailingZeros());
        assertThat(write(standard.availabilityPercent())).isEqualTo(expected);
    }

    @Test
    void readsAndWritesNullAsNoPromise() {
        assertThat(read(null).availabilityPercent()).isNull();
        assertThat(write(null)).isNull();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesTextThatIsNotAPercentage(String text) {
        Instant start = Instant.now();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(text))
                .withMessage(
                        "standard.availabilityPercent must be a decimal number from 0 to 100 such as 99.95, with at"
                                + " most 6 decimal places");

        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(1));
    }

    static Stream<String> refused() {
        return Stream.of(
                "1e999999",
                "1E2",
                "NaN",
                "Infinity",
                "-1",
                "-0",
                "+1",
                "100.1",
                "100.000001",
                "1000",
                "99.9999999",
                "99,95",
                "99.",
                ".5",
                "",
                " 99.95",
                "99.95%",
                "0x10",
                "\u0669\u0669",
                "9".repeat(1_000_000),
                "0." + "9".repeat(1_000_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999", "-1", "100.1", "99.9999999", "1e-999999"})
    void refusesToWriteWhatItWouldRefuseToRead(BigDecimal percent) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> write(percent))
                .withMessageStartingWith("standard.availabilityPercent must be");
    }

    private ServiceStandard read(String percent) {
        return mapping.fromAvro(new org.knockon.avro.MonitoredSystem(
                        "", "", "", List.of(), new Monitoring(0L, 0L, 1L), new Standard(percent, 60)))
                .standard();
    }

    private String write(BigDecimal percent) {
        return mapping.toAvro(new MonitoredSystem(
                        "epr",
                        "",
                        "",
                        "",
                        Set.of(),
                        new MonitoringPolicy(0, 0, 1000),
                        new ServiceStandard(percent, 60)))
                .getStandard()
                .getAvailabilityPercent();
    }
}
