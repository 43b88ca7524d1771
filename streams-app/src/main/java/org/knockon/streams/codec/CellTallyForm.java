package org.knockon.streams.codec;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.knockon.impact.model.ImpactCounts;

final class CellTallyForm extends Form<CellTally> {

    CellTallyForm() {
        super("cell tally", 3);
    }

    @Override
    void write(CellTally tally, ByteWriter out) {
        out.writeLong(tally.partials().size());
        for (Map.Entry<Integer, ImpactCounts> partial : tally.partials().entrySet()) {
            out.writeLong(partial.getKey());
            ModelForms.write(partial.getValue(), out);
        }
        writeNullable(tally.published(), out);
        writeNullable(tally.recorded(), out);
    }

    @Override
    CellTally read(ByteReader in) {
        int count = in.readInt();
        SortedMap<Integer, ImpactCounts> partials = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            partials.put(in.readInt(), ModelForms.readCounts(in));
        }
        return new CellTally(partials, readNullable(in), readNullable(in));
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
