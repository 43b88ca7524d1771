package org.knockon.streams.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** State that this release cannot read is refused and never misread. */
class FormTest {

    private static final byte VERSION_OF_0_1 = 2;

    static Stream<Serde<?>> serdes() {
        return Stream.of(
                InternalSerdes.APPOINTMENT_STATE,
                InternalSerdes.BROADCAST,
                InternalSerdes.CELL_TALLY,
                InternalSerdes.COUNTS,
                InternalSerdes.GROUP_CHANGE,
                InternalSerdes.LINK,
                InternalSerdes.OUTAGE,
                InternalSerdes.PARKED,
                InternalSerdes.PARTIAL,
                InternalSerdes.REPLACEMENT,
                InternalSerdes.WORK_ITEM);
    }

    @ParameterizedTest
    @MethodSource("serdes")
    void refusesStateOfRelease01(Serde<?> serde) {
        assertThatThrownBy(() -> read(serde, VERSION_OF_0_1, (byte) 1, (byte) 0))
                .isInstanceOf(StateFormatException.class)
                .hasMessageContaining("3 bytes, version 2 where this release reads version 3");
    }

    @ParameterizedTest
    @MethodSource("serdes")
    void refusesBytesWithoutContent(Serde<?> serde) {
        assertThatThrownBy(() -> read(serde))
                .isInstanceOf(StateFormatException.class)
                .hasMessageContaining("version missing");
        assertThatThrownBy(() -> read(serde, (byte) 3)).isInstanceOf(StateFormatException.class);
    }

    @Test
    void refusesATruncatedAndAnExtendedRecord() {
        byte[] tick = InternalSerdes.BROADCAST.serializer().serialize("t", new Broadcast.Tick(1_658_228_400_000L));

        for (int length : new int[] {tick.length - 1, tick.length + 1}) {
            assertThatThrownBy(
                            () -> InternalSerdes.BROADCAST.deserializer().deserialize("t", Arrays.copyOf(tick, length)))
                    .isInstanceOf(StateFormatException.class)
                    .hasMessageStartingWith("cannot read broadcast: its " + length + " bytes");
        }
    }

    @Test
    void refusesAnUnknownKind() {
        for (Serde<?> serde : List.of(InternalSerdes.BROADCAST, InternalSerdes.PARTIAL)) {
            assertThatThrownBy(() -> read(serde, (byte) 3, (byte) 99))
                    .isInstanceOf(StateFormatException.class)
                    .hasMessageEndingWith("unknown kind 99");
        }
    }

    @Test
    void aTombstoneIsNull() {
        assertThat(InternalSerdes.BROADCAST.deserializer().deserialize("t", null))
                .isNull();
        assertThat(InternalSerdes.BROADCAST.serializer().serialize("t", null)).isNull();
    }

    @Test
    void isFoundAmongTheCausesOfAFailure() {
        StateFormatException cause = new StateFormatException("why");

        assertThat(StateFormatException.in(new StreamsException("failed", new IllegalStateException(cause))))
                .containsSame(cause);
        assertThat(StateFormatException.in(new StreamsException("failed"))).isEmpty();
    }

    private static Object read(Serde<?> serde, byte... bytes) {
        return serde.deserializer().deserialize("t", bytes);
    }
}
