package org.knockon.feeds.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldRefTest {

    @Test
    void readsWhatItWrites() {
        assertThat(FieldRef.parse("SCH-11.4")).isEqualTo(new FieldRef("SCH", 11, 4));
        assertThat(FieldRef.parse("TQ1-7")).isEqualTo(new FieldRef("TQ1", 7, 1));
        assertThat(FieldRef.parse("SCH-11.4")).hasToString("SCH-11.4");
        assertThat(FieldRef.parse("TQ1-7.1")).hasToString("TQ1-7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SCH", "SCH-0", "sch-1", "SCH-1.0", "SCH-1.2.3", "SCHX-1", "1CH-2", "SCH-100"})
    void saysWhatIsNoField(String written) {
        assertThatThrownBy(() -> FieldRef.parse(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + written
                        + "' is no field: write a segment, a field and maybe a component, such as SCH-11.4");
    }
}
