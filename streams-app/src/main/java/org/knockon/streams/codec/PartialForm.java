package org.knockon.streams.codec;

final class PartialForm extends Form<Partial> {

    private static final int CELL_COUNT = 1;
    private static final int TICK = 2;

    PartialForm() {
        super("partial count");
    }

    @Override
    void write(Partial partial, ByteWriter out) {
        if (partial instanceof Partial.CellCount count) {
            out.writeByte(CELL_COUNT).writeLong(count.partition());
            ModelForms.write(count.counts(), out);
        } else if (partial instanceof Partial.Tick tick) {
            out.writeByte(TICK).writeLong(tick.partition()).writeLong(tick.now());
        }
    }

    @Override
    Partial read(ByteReader in) {
        return in.readByte() == CELL_COUNT
                ? new Partial.CellCount(in.readInt(), ModelForms.readCounts(in))
                : new Partial.Tick(in.readInt(), in.readLong());
    }
}
