package org.knockon.streams.codec;

import org.knockon.impact.model.ImpactCounts;

final class CellTallyForm extends Form<CellTally> {

    CellTallyForm() {
        super("cell tally", 3);
    }

    @Override
    void write(CellTally tally, ByteWriter out) {
        ModelForms.write(tally.sum(), out);
        writeNullable(tally.published(), out);
        writeNullable(tally.recorded(), out);
    }

    @Override
    CellTally read(ByteReader in) {
        return new CellTally(ModelForms.readCounts(in), readNullable(in), readNullable(in));
    }

    private static void writeNullable(ImpactCounts counts, ByteWriter out) {
        out.writeBoolean(counts != null);
        if (counts != null) {
            ModelForms.write(counts, out);
        }
    }

    private static ImpactCounts readNullable(ByteReader in) {
        return in.readBoolean() ? ModelForms.readCounts(in) : null;
    }
}
