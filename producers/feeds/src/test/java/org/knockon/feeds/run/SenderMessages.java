package org.knockon.feeds.run;

import java.time.Instant;

/** Messages as real senders write them, with secrets planted where such messages hold them. */
final class SenderMessages {

    static final String SECRET_NAME = "Quibblethorpe";
    static final String SECRET_NUMBER = "9000000009";

    private SenderMessages() {}

    static String siu(String controlId, String trigger, String id) {
        return "MSH|^~\\&|PAS|RJ1|KNOCKON|RJ1|20260302090000||SIU^" + trigger + "^SIU_S12|" + controlId + "|P|2.4\r"
                + "SCH||" + id + "|||||||30|MIN|^^^202603100930\r"
                + "NTE|1||" + SECRET_NAME + " has a dog\r"
                + "PID|1||" + SECRET_NUMBER + "^^^NHS||" + SECRET_NAME + "^Ada\r"
                + "AIS|1||MRI1\r";
    }

    static String appointment(String id) {
        return "{\"resourceType\":\"Appointment\",\"id\":\"" + id + "\",\"status\":\"booked\","
                + "\"start\":\"2026-03-10T09:30:00Z\",\"end\":\"2026-03-10T10:00:00Z\",\"comment\":\"" + SECRET_NAME
                + "\",\"participant\":[{\"actor\":{\"reference\":\"Location/cardio\"}},{\"actor\":{\"reference\":"
                + "\"Patient/1\",\"display\":\"" + SECRET_NAME + "\",\"identifier\":{\"system\":"
                + "\"https://fhir.nhs.uk/Id/nhs-number\",\"value\":\"" + SECRET_NUMBER + "\"}}}]}";
    }

    static String alert(String status) {
        return alerts("{\"status\":\"" + status
                + "\",\"labels\":{\"alertname\":\"PasDown\",\"job\":\"pas\",\"severity\":\"critical\"},"
                + "\"annotations\":{\"summary\":\"" + SECRET_NAME + "\"},\"startsAt\":\"" + Instant.now()
                + "\",\"endsAt\":\"0001-01-01T00:00:00Z\",\"fingerprint\":\"f1\"}");
    }

    static String watchdog() {
        return alerts("{\"status\":\"firing\",\"labels\":{\"alertname\":\"Watchdog\"},\"annotations\":{},"
                + "\"startsAt\":\"2026-03-01T00:00:00Z\",\"endsAt\":\"0001-01-01T00:00:00Z\",\"fingerprint\":\"w\"}");
    }

    private static String alerts(String alert) {
        return "{\"receiver\":\"knockon\",\"status\":\"firing\",\"version\":\"4\",\"groupKey\":\"g\","
                + "\"truncatedAlerts\":0,\"alerts\":[" + alert + "]}";
    }

    static String kuma() {
        return "{\"heartbeat\":{\"monitorID\":1,\"status\":0,\"time\":\"2026-03-01 12:00:00\",\"msg\":\"" + SECRET_NAME
                + "\"},\"monitor\":{\"id\":1,\"name\":\"Portal web\",\"type\":\"http\"},\"msg\":\"down\"}";
    }

    static String icinga() {
        double now = Instant.now().toEpochMilli() / 1e3;
        return "{\"type\":\"CheckResult\",\"host\":\"pacs\",\"timestamp\":" + now + ",\"downtime_depth\":0,"
                + "\"check_result\":{\"state\":2,\"execution_end\":" + now + ",\"output\":\"" + SECRET_NAME
                + "\",\"vars_after\":{\"state\":2,\"state_type\":1,\"attempt\":1,\"reachable\":true}}}\n";
    }

    static String event() {
        return "{\"specversion\":\"1.0\",\"id\":\"e1\",\"source\":\"/ris\",\"type\":\"org.knockon.system-health.v1\","
                + "\"time\":\"" + Instant.now() + "\",\"datacontenttype\":\"application/json\","
                + "\"data\":{\"systemId\":\"ris\",\"status\":\"DOWN\"}}";
    }
}
