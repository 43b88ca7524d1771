package org.knockon.systemtests.feeds.faults;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import java.util.function.Supplier;
import org.knockon.impact.model.AppointmentStatus;

/**
 * The messages of one booking system, the same for the same seed and day: all appointments are booked days before, and then
 * changed in rounds on the day itself. Times come from the messages, never from their receipt, so that a repeated message
 * changes no result. A cancellation in HL7 has no slot, so that it means nothing to an ingest that remembers no appointment.
 */
final class BookingScript implements Supplier<Message> {

    /** Few enough that the shorter run changes each of them several times. */
    private static final int APPOINTMENTS = Boolean.getBoolean("knockon.long") ? 400 : 80;

    private static final DateTimeFormatter HL7_TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'+0000'");

    private final LocalDate day;
    private final boolean fhir;
    private final int sender;
    private final Random random;
    private final Version[] versions = new Version[APPOINTMENTS];
    private int count;

    private record Version(boolean cancelled, LocalDateTime slot) {}

    /** @param fhir whether it writes FHIR; otherwise HL7 v2 */
    BookingScript(LocalDate day, boolean fhir, int sender, long seed) {
        this.day = day;
        this.fhir = fhir;
        this.sender = sender;
        this.random = new Random(seed * 1_000 + sender);
    }

    @Override
    public Message get() {
        int index = count % APPOINTMENTS;
        int round = count / APPOINTMENTS;
        LocalDateTime at = round == 0
                ? day.minusDays(11).atTime(9, 0).plusSeconds(index)
                : day.atTime(10, 0).plusMinutes(2L * round).plusSeconds(index % 60);
        Version before = versions[index];
        Version version = next(before);
        versions[index] = version;
        String id = "S" + sender + "A" + index;
        String controlId = "S" + sender + "-" + count;
        count++;
        Message.Booking content = new Message.Booking(
                (fhir ? "ers/" : "pas/") + id,
                version.cancelled ? AppointmentStatus.CANCELLED : AppointmentStatus.BOOKED,
                millis(version.slot),
                millis(at));
        String place = index % 2 == 0 ? "CLINIC1" : "MRI1";
        return fhir
                ? new Message(controlId, "/Appointment/" + id, resource(id, at, version, place), content)
                : new Message(controlId, "", siu(controlId, id, at, before, version, place), content);
    }

    private Version next(Version before) {
        if (before == null) {
            return new Version(false, day.atTime(8, 0).plusMinutes(15L * random.nextInt(36)));
        }
        if (!before.cancelled && random.nextInt(3) == 0) {
            return new Version(true, before.slot);
        }
        return new Version(false, day.plusDays(random.nextInt(3)).atTime(12, 0).plusMinutes(15L * random.nextInt(20)));
    }

    private static String siu(
            String controlId, String id, LocalDateTime at, Version before, Version version, String place) {
        String trigger = "S15";
        String slot = "";
        if (!version.cancelled) {
            trigger = before == null ? "S12" : before.cancelled ? "S13" : "S14";
            slot = "^^^" + HL7_TIME.format(version.slot);
        }
        return "MSH|^~\\&|PAS|RJ1|KNOCKON|RJ1|" + HL7_TIME.format(at) + "||SIU^" + trigger + "^SIU_S12|" + controlId
                + "|P|2.4\r"
                + "SCH||" + id + "||||" + (version.cancelled ? "ITDOWN" : "") + "|||20|MIN|" + slot + "\r"
                + "PID|1||9000000009^^^NHS||Quibblethorpe^Ada\r"
                + "AIL|1||" + place + "\r";
    }

    private static String resource(String id, LocalDateTime at, Version version, String place) {
        return "{\"resourceType\":\"Appointment\",\"id\":\"" + id + "\",\"meta\":{\"lastUpdated\":\"" + utc(at)
                + "\"},\"status\":\"" + (version.cancelled ? "cancelled" : "booked") + "\","
                + (version.cancelled
                        ? "\"cancelationReason\":{\"coding\":[{\"system\":\"urn:knockon:outage\",\"code\":\"pas\"}]},"
                        : "")
                + "\"start\":\"" + utc(version.slot) + "\",\"end\":\"" + utc(version.slot.plusMinutes(20))
                + "\",\"participant\":[{\"actor\":{\"reference\":\"Location/" + place + "\"}},"
                + "{\"actor\":{\"reference\":\"Patient/1\",\"display\":\"Quibblethorpe\",\"identifier\":{\"system\":"
                + "\"https://fhir.nhs.uk/Id/nhs-number\",\"value\":\"9000000009\"}}}]}";
    }

    private static String utc(LocalDateTime time) {
        return time.toInstant(ZoneOffset.UTC).toString();
    }

    private static long millis(LocalDateTime time) {
        return time.toInstant(ZoneOffset.UTC).toEpochMilli();
    }
}
