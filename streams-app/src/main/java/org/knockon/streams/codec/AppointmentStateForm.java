package org.knockon.streams.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.knockon.impact.assessment.AppointmentHistory;
import org.knockon.impact.assessment.Replacement;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Priority;

/**
 * An appointment's versions, each as its difference from the previous one. The patient's pseudonym is not stored: no
 * rule needs it.
 */
final class AppointmentStateForm extends Form<AppointmentState> {

    AppointmentStateForm() {
        super("appointment state", 3);
    }

    @Override
    void write(AppointmentState state, ByteWriter out) {
        List<AppointmentVersion> versions = state.history().versions();
        out.writeLong(versions.size());
        AppointmentVersion before = null;
        if (!versions.isEmpty()) {
            out.writeString(versions.get(0).appointmentId());
        }
        for (AppointmentVersion version : versions) {
            write(version, before, out);
            before = version;
        }
        out.writeBoolean(state.history().truncated());
        out.writeBoolean(state.replacement() != null);
        if (state.replacement() != null) {
            write(state.replacement(), out);
        }
        out.writeBoolean(state.impact() != null);
        if (state.impact() != null) {
            ModelForms.write(state.impact(), out);
            out.writeString(state.specialty());
        }
    }

    @Override
    AppointmentState read(ByteReader in) {
        int count = in.readInt();
        List<AppointmentVersion> versions = new ArrayList<>(count);
        String appointmentId = count == 0 ? null : in.readString();
        AppointmentVersion before = null;
        for (int i = 0; i < count; i++) {
            before = readVersion(appointmentId, before, in);
            versions.add(before);
        }
        boolean truncated = in.readBoolean();
        Replacement replacement = in.readBoolean() ? readReplacement(in) : null;
        boolean affected = in.readBoolean();
        return new AppointmentState(
                new AppointmentHistory(versions, truncated),
                replacement,
                affected ? ModelForms.readImpact(in) : null,
                affected ? in.readString() : null);
    }

    private static void write(AppointmentVersion version, AppointmentVersion before, ByteWriter out) {
        boolean sameService = before != null && version.serviceId().equals(before.serviceId());
        boolean sameReplaces = before != null && Objects.equals(version.replaces(), before.replaces());
        out.writeByte((sameService ? 1 : 0) | (sameReplaces ? 2 : 0))
                .writeLong(version.sequence() - (before == null ? 0 : before.sequence()))
                .writeEnum(StateEnums.APPOINTMENT_STATUS, version.status())
                .writeEnum(StateEnums.CHANGE_REASON, version.changeReason())
                .writeEnum(StateEnums.PRIORITY, version.priority())
                .writeLong(version.slotStart() - (before == null ? 0 : before.slotStart()))
                .writeLong(version.slotEnd() - version.slotStart())
                .writeLong(version.updatedAt() - (before == null ? 0 : before.updatedAt()));
        if (!sameService) {
            out.writeString(version.serviceId());
        }
        if (!sameReplaces) {
            out.writeString(version.replaces());
        }
    }

    private static AppointmentVersion readVersion(String appointmentId, AppointmentVersion before, ByteReader in) {
        int flags = in.readByte();
        long sequence = in.readLong() + (before == null ? 0 : before.sequence());
        AppointmentStatus status = in.readEnum(StateEnums.APPOINTMENT_STATUS);
        ChangeReason reason = in.readEnum(StateEnums.CHANGE_REASON);
        Priority priority = in.readEnum(StateEnums.PRIORITY);
        long slotStart = in.readLong() + (before == null ? 0 : before.slotStart());
        long slotEnd = in.readLong() + slotStart;
        long updatedAt = in.readLong() + (before == null ? 0 : before.updatedAt());
        String serviceId = (flags & 1) != 0 ? before.serviceId() : in.readString();
        String replaces = (flags & 2) != 0 ? before.replaces() : in.readString();
        return new AppointmentVersion(
                appointmentId,
                sequence,
                status,
                reason,
                serviceId,
                slotStart,
                slotEnd,
                priority,
                null,
                replaces,
                updatedAt,
                null);
    }

    static void write(Replacement replacement, ByteWriter out) {
        out.writeString(replacement.appointmentId())
                .writeEnum(StateEnums.APPOINTMENT_STATUS, replacement.status())
                .writeEnum(StateEnums.CHANGE_REASON, replacement.changeReason())
                .writeLong(replacement.slotStart())
                .writeLong(replacement.updatedAt());
    }

    static Replacement readReplacement(ByteReader in) {
        return new Replacement(
                in.readString(),
                in.readEnum(StateEnums.APPOINTMENT_STATUS),
                in.readEnum(StateEnums.CHANGE_REASON),
                in.readLong(),
                in.readLong());
    }
}
