package org.knockon.systemtests.feeds.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Priority;

/** Writes versions of appointments as a booking system with HL7 v2 does. The words are those of the feeds file of the test. */
final class SiuMessages {

    static final Map<ChangeReason, String> REASONS = Map.of(
            ChangeReason.PATIENT, "PATREQ",
            ChangeReason.CLINICAL, "CLINREQ",
            ChangeReason.PROVIDER, "HOSPREQ",
            ChangeReason.IT_OUTAGE, "ITDOWN",
            ChangeReason.UNKNOWN, "OTHER");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss.SSS'+0000'").withZone(ZoneOffset.UTC);
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_./:-]+");
    private static final int STATUS_FIELD = 25;

    private static final Map<AppointmentStatus, String> TRIGGERS = Map.of(
            AppointmentStatus.BOOKED, "S12",
            AppointmentStatus.PENDING, "S12",
            AppointmentStatus.WAITLIST, "S12",
            AppointmentStatus.ARRIVED, "S14",
            AppointmentStatus.CHECKED_IN, "S14",
            AppointmentStatus.FULFILLED, "S14",
            AppointmentStatus.CANCELLED, "S15",
            AppointmentStatus.ENTERED_IN_ERROR, "S17",
            AppointmentStatus.NOSHOW, "S26");
    private static final Map<AppointmentStatus, String> STATUSES = Map.of(
            AppointmentStatus.BOOKED, "Booked",
            AppointmentStatus.PENDING, "Pending",
            AppointmentStatus.WAITLIST, "Waitlist",
            AppointmentStatus.ARRIVED, "Arrived",
            AppointmentStatus.CHECKED_IN, "Started",
            AppointmentStatus.FULFILLED, "Complete");
    private static final Map<Priority, String> PRIORITIES =
            Map.of(Priority.EMERGENCY, "S", Priority.URGENT, "U", Priority.TWO_WEEK_WAIT, "2WW", Priority.ROUTINE, "R");

    private SiuMessages() {}

    /** Whether SIU has a word for its status. */
    static boolean canSay(AppointmentVersion version) {
        return TRIGGERS.containsKey(version.status());
    }

    static String of(AppointmentVersion version, long number) {
        String trigger = TRIGGERS.get(version.status());
        String[] sch = new String[STATUS_FIELD + 1];
        Arrays.fill(sch, "");
        sch[0] = "SCH";
        sch[2] = code(version.appointmentId());
        sch[6] = version.changeReason() == null ? "" : REASONS.get(version.changeReason());
        sch[11] = "^^^" + time(version.slotStart()) + "^" + time(version.slotEnd());
        sch[STATUS_FIELD] = STATUSES.getOrDefault(version.status(), "");
        String pid = version.patientRef().isEmpty() ? "" : "PID|1||" + code(version.patientRef()) + "^^^NHS\r";
        return "MSH|^~\\&|PAS|RJ1|KNOCKON|RJ1|" + time(version.updatedAt()) + "||SIU^" + trigger + "^SIU_S12|M" + number
                + "|P|2.5.1\r" + String.join("|", sch) + "\r"
                + "TQ1|1||||||||" + PRIORITIES.get(version.priority()) + "\r"
                + pid
                + "AIL|1||" + code(version.serviceId()) + "\r";
    }

    private static String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis));
    }

    /** Ids of the scenarios need no escapes. */
    private static String code(String text) {
        assertThat(text).matches(CODE);
        return text;
    }
}
