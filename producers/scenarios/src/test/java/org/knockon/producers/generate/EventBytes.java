package org.knockon.producers.generate;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Requirement;
import org.knockon.producers.source.ReplayEvent;

/** Hashes events by their content alone. */
final class EventBytes {
    private EventBytes() {}

    static String sha256(Iterable<ReplayEvent> events) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (DataOutputStream out =
                new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
            for (ReplayEvent event : events) {
                write(out, event);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void write(DataOutputStream out, ReplayEvent event) throws IOException {
        out.writeLong(event.eventTime());
        out.writeLong(event.arrivesAt());
        out.writeLong(event.arrivalOrder());
        out.writeUTF(event.topic().shortName());
        out.writeUTF(event.key());
        if (event.value() instanceof MonitoredSystem s) {
            write(out, s.systemId(), s.name(), s.organisation(), s.kind(), s.monitoring(), s.standard());
            write(out, s.dependsOn().stream().sorted().toArray());
        } else if (event.value() instanceof CareService s) {
            write(out, s.serviceId(), s.name(), s.organisation(), s.site(), s.siteName(), s.specialty());
            write(out, s.category());
            for (Requirement r : List.copyOf(s.requires())) {
                write(out, r.systemId(), r.capability(), r.tolerance());
            }
        } else if (event.value() instanceof Observation o) {
            write(out, o.systemId(), o.status(), o.observedAt(), o.monitor(), o.detail());
        } else {
            AppointmentVersion v = (AppointmentVersion) event.value();
            write(out, v.appointmentId(), v.sequence(), v.status(), v.changeReason(), v.serviceId(), v.slotStart());
            write(out, v.slotEnd(), v.priority(), v.patientRef(), v.replaces(), v.updatedAt());
        }
    }

    private static void write(DataOutputStream out, Object... fields) throws IOException {
        for (Object field : fields) {
            out.writeUTF(String.valueOf(field));
        }
    }
}
