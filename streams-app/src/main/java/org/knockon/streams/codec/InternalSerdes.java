package org.knockon.streams.codec;

import org.apache.kafka.common.serialization.Serde;
import org.knockon.impact.assessment.Replacement;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.Outage;

/**
 * Serdes of internal topics and stores. All are stateless, so one instance serves all threads. Every form starts at
 * version 3: release 0.1 wrote version 2 in all of them.
 */
public final class InternalSerdes {

    public static final Serde<Broadcast> BROADCAST = new BroadcastForm().serde();
    public static final Serde<AppointmentState> APPOINTMENT_STATE = new AppointmentStateForm().serde();
    public static final Serde<Link> LINK = new Form<Link>("link", 3) {
        @Override
        void write(Link link, ByteWriter out) {
            out.writeString(link.replacementId()).writeBoolean(link.expired()).writeBoolean(link.replacement() != null);
            if (link.replacement() != null) {
                AppointmentStateForm.write(link.replacement(), out);
            }
        }

        @Override
        Link read(ByteReader in) {
            String replacementId = in.readString();
            boolean expired = in.readBoolean();
            return new Link(replacementId, in.readBoolean() ? AppointmentStateForm.readReplacement(in) : null, expired);
        }
    }.serde();
    public static final Serde<Replacement> REPLACEMENT = new Form<Replacement>("replacement", 3) {
        @Override
        void write(Replacement replacement, ByteWriter out) {
            AppointmentStateForm.write(replacement, out);
        }

        @Override
        Replacement read(ByteReader in) {
            return AppointmentStateForm.readReplacement(in);
        }
    }.serde();
    public static final Serde<Partial> PARTIAL = new PartialForm().serde();
    public static final Serde<Outage> OUTAGE = new Form<Outage>("outage", 3) {
        @Override
        void write(Outage outage, ByteWriter out) {
            ModelForms.write(outage, out);
        }

        @Override
        Outage read(ByteReader in) {
            return ModelForms.readOutage(in);
        }
    }.serde();
    public static final Serde<ImpactCounts> COUNTS = new Form<ImpactCounts>("impact counts", 3) {
        @Override
        void write(ImpactCounts counts, ByteWriter out) {
            ModelForms.write(counts, out);
        }

        @Override
        ImpactCounts read(ByteReader in) {
            return ModelForms.readCounts(in);
        }
    }.serde();
    public static final Serde<GroupChange> GROUP_CHANGE = new GroupChangeForm().serde();
    public static final Serde<WorkItem> WORK_ITEM = new Form<WorkItem>("work item", 3) {
        @Override
        void write(WorkItem item, ByteWriter out) {
            out.writeEnum(StateEnums.PURPOSE, item.purpose())
                    .writeString(item.serviceId())
                    .writeLong(item.from())
                    .writeLong(item.to())
                    .writeBoolean(item.bookedDone())
                    .writeBytes(item.after());
        }

        @Override
        WorkItem read(ByteReader in) {
            return new WorkItem(
                    in.readEnum(StateEnums.PURPOSE),
                    in.readString(),
                    in.readLong(),
                    in.readLong(),
                    in.readBoolean(),
                    in.readBytes());
        }
    }.serde();
    public static final Serde<CellTally> CELL_TALLY = new CellTallyForm().serde();
    public static final Serde<Parked> PARKED = new Form<Parked>("parked record", 3) {
        @Override
        void write(Parked parked, ByteWriter out) {
            out.writeLong(parked.dueAtWallClock())
                    .writeString(parked.reason())
                    .writeString(parked.topic())
                    .writeLong(parked.partition())
                    .writeLong(parked.offset())
                    .writeLong(parked.timestamp())
                    .writeString(parked.key())
                    .writeBytes(parked.value());
        }

        @Override
        Parked read(ByteReader in) {
            return new Parked(
                    in.readLong(),
                    in.readString(),
                    in.readString(),
                    in.readInt(),
                    in.readLong(),
                    in.readLong(),
                    in.readString(),
                    in.readBytes());
        }
    }.serde();

    private InternalSerdes() {}
}
