package org.knockon.schemas.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.knockon.avro.ImpactCount;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.schemas.CellCounts;

class CountsMappingTest {

    private static final CellCounts COUNTS =
            new CellCounts(new Cell(Dimension.SITE, "RJ121"), new ImpactCounts(1, 2, 3, 4, 5, 6, 7, 8), 9);

    private final CountsMapping mapping = new CountsMapping();
    private final ImpactCount record = mapping.toAvro(COUNTS);

    @Test
    void readsWhatItWrites() {
        assertThat(record.getPostponed()).isEqualTo(4 + 5 + 6 + 7);
        assertThat(record.getOutstanding()).isEqualTo(4 + 5);
        assertThat(mapping.fromAvro(record)).isEqualTo(COUNTS);
    }

    @Test
    void refusesSumsThatContradictTheirStates() {
        record.put("postponed", 23L);
        assertThatThrownBy(() -> mapping.fromAvro(record))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("postponed must be 22, the sum of its states, but it is 23");

        record.put("postponed", 22L);
        record.put("outstanding", 10L);
        assertThatThrownBy(() -> mapping.fromAvro(record))
                .hasMessage("outstanding must be 9, the sum of its states, but it is 10");
    }
}
