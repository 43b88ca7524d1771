package org.knockon.streams.codec;

final class PartialForm extends Form<Partial> {

    private static final int CELL_COUNT = 1;
    private static final int TICK = 2;

    PartialForm() {
        super("partial count", 3);
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
        int kind = in.readByte();
        switch (kind) {
            case CELL_COUNT:
                return new Partial.CellCount(in.readInt(), ModelForms.readCounts(in));
            case TICK:
                return new Partial.Tick(in.readInt(), in.readLong());
            default:
                throw new StateFormatException("cannot read partial count: unknown kind " + kind);
        }
    }
}
