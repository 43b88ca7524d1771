package org.knockon.feeds.tables;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShownNameTest {

    @Test
    void onlyCodesMayBeShown() {
        assertThat(ShownName.accepts("LOC9^^^ANNEX")).isTrue();
        assertThat(ShownName.accepts("1 Quibblethorpe Lane")).isFalse();
        assertThat(ShownName.accepts("")).isFalse();
        assertThat(ShownName.accepts("A".repeat(40))).isTrue();
        assertThat(ShownName.accepts("A".repeat(41))).isFalse();
    }
}
