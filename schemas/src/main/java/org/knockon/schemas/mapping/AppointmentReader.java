package org.knockon.schemas.mapping;

import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.knockon.avro.Appointment;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Priority;
import org.knockon.schemas.wire.PlainReader;

/** Reads {@code appointments}. The order of the statements is that of the fields in the schema. */
final class AppointmentReader extends PlainReader<AppointmentVersion> {

    AppointmentReader() {
        super(AppointmentVersion.class, Appointment.getClassSchema());
    }

    @Override
    protected AppointmentVersion read(Decoder in) throws IOException {
        String appointmentId = in.readString();
        long sequence = in.readLong();
        AppointmentStatus status = AppointmentMapping.STATUS.toCore(in.readEnum());
        ChangeReason changeReason = isPresent(in) ? AppointmentMapping.REASON.toCore(in.readEnum()) : null;
        String serviceId = in.readString();
        long slotStart = in.readLong();
        long slotEnd = in.readLong();
        Priority priority = AppointmentMapping.PRIORITY.toCore(in.readEnum());
        String patientRef = in.readString();
        String replaces = isPresent(in) ? in.readString() : null;
        long updatedAt = in.readLong();
        Long dueIn = isPresent(in) ? Long.valueOf(in.readLong()) : null;
        return new AppointmentVersion(
                appointmentId,
                sequence,
                status,
                changeReason,
                serviceId,
                slotStart,
                slotEnd,
                priority,
                patientRef,
                replaces,
                updatedAt,
                dueIn);
    }
}
