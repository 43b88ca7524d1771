package org.knockon.schemas.mapping;

import java.time.Instant;
import org.apache.avro.Schema;
import org.knockon.avro.Appointment;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Priority;

/** {@code appointments}. */
final class AppointmentMapping implements RecordMapping<AppointmentVersion, Appointment> {

    static final EnumMapping<AppointmentStatus, org.knockon.avro.AppointmentStatus> STATUS =
            new EnumMapping<>(AppointmentStatus.class, org.knockon.avro.AppointmentStatus.class);
    static final EnumMapping<ChangeReason, org.knockon.avro.ChangeReason> REASON =
            new EnumMapping<>(ChangeReason.class, org.knockon.avro.ChangeReason.class);
    static final EnumMapping<Priority, org.knockon.avro.Priority> PRIORITY =
            new EnumMapping<>(Priority.class, org.knockon.avro.Priority.class);

    @Override
    public Class<Appointment> avroType() {
        return Appointment.class;
    }

    @Override
    public Schema schema() {
        return Appointment.getClassSchema();
    }

    @Override
    public Appointment toAvro(AppointmentVersion value) {
        return new Appointment(
                value.appointmentId(),
                value.sequence(),
                STATUS.toAvro(value.status()),
                REASON.toAvro(value.changeReason()),
                value.serviceId(),
                Instant.ofEpochMilli(value.slotStart()),
                Instant.ofEpochMilli(value.slotEnd()),
                PRIORITY.toAvro(value.priority()),
                value.patientRef(),
                value.replaces(),
                Instant.ofEpochMilli(value.updatedAt()),
                value.dueIn() == null ? null : Instant.ofEpochMilli(value.dueIn()));
    }

    @Override
    public AppointmentVersion fromAvro(Appointment record) {
        return new AppointmentVersion(
                record.getAppointmentId(),
                record.getSequence(),
                STATUS.toCore(record.getStatus()),
                REASON.toCore(record.getChangeReason()),
                record.getServiceId(),
                record.getSlotStart().toEpochMilli(),
                record.getSlotEnd().toEpochMilli(),
                PRIORITY.toCore(record.getPriority()),
                record.getPatientRef(),
                record.getReplaces(),
                record.getUpdatedAt().toEpochMilli(),
                record.getDueIn() == null ? null : record.getDueIn().toEpochMilli());
    }
}
