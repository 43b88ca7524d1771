package org.knockon.streams.codec;

import org.knockon.streams.codec.Broadcast.OutagePut;
import org.knockon.streams.codec.Broadcast.OutageRemoved;
import org.knockon.streams.codec.Broadcast.ServicePut;
import org.knockon.streams.codec.Broadcast.ServiceRemoved;
import org.knockon.streams.codec.Broadcast.SystemPut;
import org.knockon.streams.codec.Broadcast.SystemRemoved;
import org.knockon.streams.codec.Broadcast.Tick;

final class BroadcastForm extends Form<Broadcast> {

    private static final int SYSTEM_PUT = 1;
    private static final int SYSTEM_REMOVED = 2;
    private static final int SERVICE_PUT = 3;
    private static final int SERVICE_REMOVED = 4;
    private static final int OUTAGE_PUT = 5;
    private static final int OUTAGE_REMOVED = 6;
    private static final int TICK = 7;

    BroadcastForm() {
        super("broadcast", 3);
    }

    @Override
    void write(Broadcast broadcast, ByteWriter out) {
        if (broadcast instanceof SystemPut put) {
            out.writeByte(SYSTEM_PUT);
            ModelForms.write(put.system(), out);
        } else if (broadcast instanceof SystemRemoved removed) {
            out.writeByte(SYSTEM_REMOVED).writeString(removed.systemId());
        } else if (broadcast instanceof ServicePut put) {
            out.writeByte(SERVICE_PUT);
            ModelForms.write(put.service(), out);
        } else if (broadcast instanceof ServiceRemoved removed) {
            out.writeByte(SERVICE_REMOVED).writeString(removed.serviceId());
        } else if (broadcast instanceof OutagePut put) {
            out.writeByte(OUTAGE_PUT);
            ModelForms.write(put.outage(), out);
            out.writeLong(put.origin()).writeLong(put.now());
        } else if (broadcast instanceof OutageRemoved removed) {
            out.writeByte(OUTAGE_REMOVED)
                    .writeString(removed.systemId())
                    .writeLong(removed.startedAt())
                    .writeLong(removed.origin())
                    .writeLong(removed.now());
        } else if (broadcast instanceof Tick tick) {
            out.writeByte(TICK).writeLong(tick.now());
        }
    }

    @Override
    Broadcast read(ByteReader in) {
        int kind = in.readByte();
        switch (kind) {
            case SYSTEM_PUT:
                return new SystemPut(ModelForms.readSystem(in));
            case SYSTEM_REMOVED:
                return new SystemRemoved(in.readString());
            case SERVICE_PUT:
                return new ServicePut(ModelForms.readService(in));
            case SERVICE_REMOVED:
                return new ServiceRemoved(in.readString());
            case OUTAGE_PUT:
                return new OutagePut(ModelForms.readOutage(in), in.readInt(), in.readLong());
            case OUTAGE_REMOVED:
                return new OutageRemoved(in.readString(), in.readLong(), in.readInt(), in.readLong());
            case TICK:
                return new Tick(in.readLong());
            default:
                throw new StateFormatException("cannot read broadcast: unknown kind " + kind);
        }
    }
}
