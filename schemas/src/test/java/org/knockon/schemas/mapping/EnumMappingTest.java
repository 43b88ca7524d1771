package org.knockon.schemas.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Dimension;
import org.knockon.impact.model.ImpactState;

class EnumMappingTest {

    private enum Fewer {
        UNKNOWN,
        PATIENT
    }

    @Test
    void mapsEveryConstantByItsName() {
        assertMapsByName(ChangeReason.class, org.knockon.avro.ChangeReason.class);
        assertMapsByName(Dimension.class, org.knockon.avro.Dimension.class);
        assertMapsByName(ImpactState.class, org.knockon.avro.ImpactState.class);
    }

    @Test
    void mapsClinicalAndServiceHour() {
        EnumMapping<ChangeReason, org.knockon.avro.ChangeReason> reasons =
                new EnumMapping<>(ChangeReason.class, org.knockon.avro.ChangeReason.class);
        EnumMapping<Dimension, org.knockon.avro.Dimension> dimensions =
                new EnumMapping<>(Dimension.class, org.knockon.avro.Dimension.class);

        assertThat(reasons.toAvro(ChangeReason.CLINICAL)).isEqualTo(org.knockon.avro.ChangeReason.CLINICAL);
        assertThat(reasons.toCore(org.knockon.avro.ChangeReason.CLINICAL)).isEqualTo(ChangeReason.CLINICAL);
        assertThat(dimensions.toAvro(Dimension.SERVICE_HOUR)).isEqualTo(org.knockon.avro.Dimension.SERVICE_HOUR);
        assertThat(dimensions.toCore(org.knockon.avro.Dimension.SERVICE_HOUR)).isEqualTo(Dimension.SERVICE_HOUR);
    }

    @Test
    void keepsNullAndTheOrderOfLists() {
        EnumMapping<ChangeReason, org.knockon.avro.ChangeReason> reasons =
                new EnumMapping<>(ChangeReason.class, org.knockon.avro.ChangeReason.class);

        assertThat(reasons.toAvro((ChangeReason) null)).isNull();
        assertThat(reasons.toCore((org.knockon.avro.ChangeReason) null)).isNull();
        assertThat(reasons.toAvro(List.of(ChangeReason.PROVIDER, ChangeReason.PATIENT)))
                .containsExactly(org.knockon.avro.ChangeReason.PROVIDER, org.knockon.avro.ChangeReason.PATIENT);
    }

    @Test
    void refusesEnumsWhoseNamesDiffer() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EnumMapping<>(Fewer.class, org.knockon.avro.ChangeReason.class));
        assertThatIllegalArgumentException().isThrownBy(() -> new EnumMapping<>(ChangeReason.class, Fewer.class));
    }

    private static <C extends Enum<C>, A extends Enum<A>> void assertMapsByName(Class<C> core, Class<A> avro) {
        EnumMapping<C, A> mapping = new EnumMapping<>(core, avro);
        for (C constant : core.getEnumConstants()) {
            assertThat(mapping.toAvro(constant).name()).isEqualTo(constant.name());
            assertThat(mapping.toCore(mapping.toAvro(constant))).isEqualTo(constant);
        }
    }
}
