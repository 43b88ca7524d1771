package org.knockon.benchmarks.feeds;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.knockon.feeds.message.FeedRequest;

/**
 * Messages in the shape of real ones. Each appointment is booked by one message and moved by the next of its connection,
 * so that half of the versions have one before them.
 */
final class SampleMessages {

    /** Alerts of one post, each of a system of its own. */
    static final int ALERTS = 20;

    static final int CLINICS = 20;
    private static final DateTimeFormatter HL7_TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
    private static final ZoneId ZONE = ZoneId.of("Europe/London");

    private final Instant firingSince;
    private final String written;
    private final ZonedDateTime slot;

    /** @param now when they are written */
    SampleMessages(Instant now) {
        firingSince = now.truncatedTo(ChronoUnit.SECONDS).minusSeconds(60);
        written = HL7_TIME.format(now.atZone(ZONE));
        slot = now.atZone(ZONE).plusDays(7).truncatedTo(ChronoUnit.HOURS);
    }

    /** The body of a message, without frame or headers. */
    byte[] body(MessageKind kind, int connection, int number) {
        String text = switch (kind) {
            case HL7 -> hl7(connection, number);
            case FHIR -> fhir(connection, number);
            case ALERTS -> alerts(connection);
        };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Below the base of the feed. */
    static String path(MessageKind kind) {
        return kind == MessageKind.FHIR ? "/Appointment" : "";
    }

    static String contentType(MessageKind kind) {
        return kind == MessageKind.FHIR ? "application/fhir+json" : "application/json";
    }

    /** The message as a feed sees it. */
    FeedRequest request(MessageKind kind, int connection, int number) {
        return new FeedRequest(
                "POST", path(kind), Map.of("content-type", contentType(kind)), body(kind, connection, number));
    }

    private static String id(int connection, int number) {
        return "A" + connection + "-" + number / 2;
    }

    private static boolean moved(int number) {
        return number % 2 == 1;
    }

    private ZonedDateTime start(int number) {
        return moved(number) ? slot.plusDays(1) : slot;
    }

    private String hl7(int connection, int number) {
        String id = id(connection, number);
        String start = HL7_TIME.format(start(number));
        String clinic = Integer.toString(number % CLINICS);
        return "MSH|^~\\&|PAS|RJ1|KNOCKON|RJ1|" + written + "||SIU^" + (moved(number) ? "S13" : "S12") + "^SIU_S12|C"
                + connection + "-" + number + "|P|2.4\r"
                + "SCH|P" + id + "|" + id + "||||ROUTINE^Routine|FOLLOWUP^Follow-up appointment|FOLLOWUP|30|MIN|^^30^"
                + start + "|||||C123^Consultant^A|||||U77^Clerk^B|||||Booked\r"
                + "NTE|1||Please bring a list of all medicines\r"
                + "PID|1||90000" + (10_000 + number % 90_000) + "^^^NHS^NH~M" + id
                + "^^^RJ1^MR||EXAMPLE^ADA^^^MRS||19520304|F|||1 Example Street^^Leeds^^LS1 1AA||0113 4960000\r"
                + "PV1|1|O|CARD" + clinic + "^^^RJ121||||C123^Consultant^A|||320\r"
                + "RGS|1|A\r"
                + "AIS|1|A|SCAN" + clinic + "^Scan|" + start + "|||30|MIN\r"
                + "AIL|1|A|CARD" + clinic + "^^^RJ121|CLINIC||" + start + "|||30|MIN\r"
                + "AIP|1|A|C123^Consultant^A|CONSULTANT||" + start + "|||30|MIN\r";
    }

    private String fhir(int connection, int number) {
        String id = id(connection, number);
        String start = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(start(number));
        String end = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(start(number).plusMinutes(30));
        return "{\"resourceType\":\"Appointment\",\"id\":\"" + id + "\",\"meta\":{\"versionId\":\"" + (number % 2 + 1)
                + "\"},\"identifier\":[{\"system\":\"https://rj1.example/appointment\",\"value\":\"" + id
                + "\"}],\"status\":\"booked\",\"serviceCategory\":[{\"coding\":[{\"system\":"
                + "\"http://terminology.hl7.org/CodeSystem/service-category\",\"code\":\"17\",\"display\":"
                + "\"General Practice\"}]}],\"serviceType\":[{\"coding\":[{\"system\":\"https://rj1.example/types\","
                + "\"code\":\"SCAN" + number % CLINICS + "\"}]}],\"appointmentType\":{\"coding\":[{\"system\":"
                + "\"http://terminology.hl7.org/CodeSystem/v2-0276\",\"code\":\"FOLLOWUP\"}]},\"priority\":5,"
                + "\"description\":\"Follow-up\",\"start\":\"" + start + "\",\"end\":\"" + end
                + "\",\"minutesDuration\":30,\"created\":\"" + start + "\",\"comment\":\"Please bring a list of all"
                + " medicines\",\"participant\":[{\"actor\":{\"reference\":\"Patient/" + id
                + "\",\"identifier\":{\"system\":\"https://fhir.nhs.uk/Id/nhs-number\",\"value\":\"90000"
                + (10_000 + number % 90_000) + "\"}},\"required\":\"required\",\"status\":\"accepted\"},{\"actor\":"
                + "{\"reference\":\"Location/card" + number % CLINICS
                + "\"},\"required\":\"required\",\"status\":\"accepted\"},"
                + "{\"actor\":{\"reference\":\"Practitioner/c123\"},\"status\":\"accepted\"}]}";
    }

    /** The alerts of one group, all firing: what Alertmanager repeats. */
    private String alerts(int connection) {
        StringBuilder post = new StringBuilder(12_000);
        post.append("{\"receiver\":\"knockon\",\"status\":\"firing\",\"alerts\":[");
        for (int i = 0; i < ALERTS; i++) {
            post.append(i == 0 ? "" : ",")
                    .append("{\"status\":\"firing\",\"labels\":{\"alertname\":\"TargetDown\",\"instance\":\"10.0.")
                    .append(connection)
                    .append('.')
                    .append(i)
                    .append(":9100\",\"job\":\"node\",\"severity\":\"critical\",\"system\":\"system-")
                    .append(connection)
                    .append('-')
                    .append(i)
                    .append("\"},\"annotations\":{\"summary\":\"the target does not answer\",\"runbook_url\":")
                    .append("\"https://runbooks.example/target-down\"},\"startsAt\":\"")
                    .append(firingSince)
                    .append("\",\"endsAt\":\"0001-01-01T00:00:00Z\",\"generatorURL\":")
                    .append("\"https://prometheus.example/graph?g0.expr=up+%3D%3D+0\",\"fingerprint\":\"")
                    .append(String.format("%08x%08x", connection, i))
                    .append("\"}");
        }
        return post.append(
                        "],\"groupLabels\":{\"alertname\":\"TargetDown\"},\"commonLabels\":{\"severity\":\"critical\"},")
                .append("\"commonAnnotations\":{},\"externalURL\":\"https://alertmanager.example\",\"version\":\"4\",")
                .append("\"groupKey\":\"{}:{alertname=\\\"TargetDown\\\"}\",\"truncatedAlerts\":0}")
                .toString();
    }
}
