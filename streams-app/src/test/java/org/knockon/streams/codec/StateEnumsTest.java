package org.knockon.streams.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.ImpactState;
import org.knockon.impact.model.Priority;
import org.knockon.impact.model.SystemStatus;

class StateEnumsTest {

    /** @param all every constant of the enum */
    record Tested<E extends Enum<E>>(EnumTags<E> tags, Set<E> all) {
        @Override
        public String toString() {
            return all.iterator().next().getDeclaringClass().getSimpleName();
        }
    }

    static Stream<Tested<?>> enums() {
        return Stream.of(
                new Tested<>(StateEnums.APPOINTMENT_STATUS, EnumSet.allOf(AppointmentStatus.class)),
                new Tested<>(StateEnums.CAPABILITY, EnumSet.allOf(Capability.class)),
                new Tested<>(StateEnums.CATEGORY, EnumSet.allOf(Category.class)),
                new Tested<>(StateEnums.CHANGE_REASON, EnumSet.allOf(ChangeReason.class)),
                new Tested<>(StateEnums.EVIDENCE, EnumSet.allOf(Evidence.class)),
                new Tested<>(StateEnums.IMPACT_STATE, EnumSet.allOf(ImpactState.class)),
                new Tested<>(StateEnums.PRIORITY, EnumSet.allOf(Priority.class)),
                new Tested<>(StateEnums.PURPOSE, EnumSet.allOf(WorkItem.Purpose.class)),
                new Tested<>(StateEnums.SYSTEM_STATUS, EnumSet.allOf(SystemStatus.class)));
    }

    @ParameterizedTest
    @MethodSource("enums")
    <E extends Enum<E>> void everyConstantIsReadAsWritten(Tested<E> tested) {
        for (E constant : tested.all()) {
            byte[] bytes = new ByteWriter(1).writeEnum(tested.tags(), constant).toBytes();
            assertThat(new ByteReader(bytes).readEnum(tested.tags())).isSameAs(constant);
        }
        byte[] none = new ByteWriter(1).writeEnum(tested.tags(), null).toBytes();
        assertThat(new ByteReader(none).readEnum(tested.tags())).isNull();
    }

    @ParameterizedTest
    @MethodSource("enums")
    <E extends Enum<E>> void anUnknownTagIsAnError(Tested<E> tested) {
        for (int unknown : new int[] {tested.all().size() + 1, EnumTags.LARGEST + 1, Byte.MAX_VALUE, -1}) {
            assertThatThrownBy(() -> tested.tags().constant(unknown))
                    .isInstanceOf(StateFormatException.class)
                    .hasMessageStartingWith("unknown tag " + unknown + " of ");
        }
    }

    @Test
    void twoConstantsCannotShareATag() {
        assertThatThrownBy(() -> new EnumTags<>("evidence", Evidence.values(), evidence -> 1))
                .hasMessage("evidence OBSERVED needs a tag of its own from 1 to 15, but has 1");
    }

    @Test
    void anObservationOfAnotherVersionIsAnError() {
        for (Map.Entry<byte[], String> bad : Map.of(
                        new byte[] {4}, "version 0",
                        new byte[] {0x25}, "version 2",
                        new byte[0], "version missing")
                .entrySet()) {
            assertThatThrownBy(() -> StateEnums.OBSERVATION.fromBytes(bad.getKey()))
                    .isInstanceOf(StateFormatException.class)
                    .hasMessageContaining("cannot read observation")
                    .hasMessageContaining(bad.getValue());
        }
    }
}
