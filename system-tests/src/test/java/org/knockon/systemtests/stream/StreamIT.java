package org.knockon.systemtests.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;
import org.knockon.systemtests.StreamedDay;

/** A small hospital, run with the commands only: topics, produce, stream, watch, consume. */
@ExtendWith(SharedSandbox.class)
@Timeout(300)
class StreamIT {

    private static final String SYSTEMS = """
            {"key":"pas","value":{"name":"Patient administration","organisation":"ZZ9","kind":"APPLICATION","dependsOn":[],"monitoring":{"confirmAfterSeconds":120,"recoverAfterSeconds":300,"silenceAfterSeconds":86400},"standard":null}}
            """;
    private static final String SERVICES = """
            {"key":"clinic","value":{"name":"Clinic","organisation":"ZZ9","site":"ZZ901","specialty":"320","category":"OUTPATIENT","requires":[{"systemId":"pas","capability":"SCHEDULING","toleranceMinutes":30}]}}
            """;
    /** Down from 9:40, and reported down again at 12:00. */
    private static final String HEALTH = """
            {"key":"pas","value":{"systemId":"pas","status":"UP","observedAt":"2025-03-12T06:00:00Z","monitor":"probe","detail":null}}
            {"key":"pas","value":{"systemId":"pas","status":"DOWN","observedAt":"2025-03-12T09:40:00Z","monitor":"probe","detail":null}}
            this is not a record
            {"key":"pas","value":{"systemId":"pas","status":"DOWN","observedAt":"2025-03-12T12:00:00Z","monitor":"probe","detail":null}}
            """;
    /** Past without an outcome, in the future, cancelled because of the outage, long before it, and an invalid line. */
    private static final String APPOINTMENTS = appointment("a1", "BOOKED", null, "2025-03-12T11:00:00Z")
            + appointment("a2", "BOOKED", null, "2025-03-12T15:00:00Z")
            + appointment("a3", "CANCELLED", "IT_OUTAGE", "2025-03-12T11:30:00Z")
            + appointment("a4", "FULFILLED", null, "2025-03-12T07:00:00Z")
            + appointment("a5", "BOOKED", null, "2025-03-12T16:00:00Z").replace("\"sequence\":1", "\"seqence\":1");

    @TempDir
    private Path folder;

    @Test
    void countsTheRecordsAndSkipsInvalidLines(SharedSandbox.Place place) throws Exception {
        String prefix = place.prefix();
        assertThat(CommandRun.of(place, "topics", "create", "--replay", "--prefix", prefix)
                        .exitCode())
                .isZero();
        assertThat(CommandRun.withInput(
                                place, SYSTEMS, "produce", "--topic", "systems", "--file", "-", "--prefix", prefix)
                        .exitCode())
                .isZero();
        assertThat(produce(place, prefix, "care-services", SERVICES).exitCode()).isZero();
        CommandRun health = produce(place, prefix, prefix + "system-health", HEALTH);
        CommandRun appointments =
                produce(place, prefix, "appointments", booked("a3", "2025-03-12T11:30:00Z") + APPOINTMENTS);

        assertThat(health.exitCode()).isEqualTo(1);
        assertThat(health.err()).startsWith("line 3: ");
        assertThat(health.out()).isEqualTo("produced 3 records to " + prefix + "system-health, 1 invalid line\n");
        assertThat(appointments.exitCode()).isEqualTo(1);
        assertThat(appointments.err()).startsWith("line 6: value: seqence is not known");

        CommandRun stream = StreamedDay.run(place, prefix, LocalDate.parse("2025-03-12"), folder);

        assertThat(stream.exitCode()).as(stream.toString()).isZero();
        assertThat(stream.out()).contains("health and metrics: http://127.0.0.1:", "idle after");

        CommandRun watched = CommandRun.of(place, "watch", "--once", "--output", "json", "--prefix", prefix);
        assertThat(watched.exitCode()).isZero();
        JsonNode counts = watched.json().get(0).get("counts");
        assertThat(counts.get("unconfirmed").intValue()).as("a1").isEqualTo(1);
        assertThat(counts.get("atRisk").intValue()).as("a2").isEqualTo(1);
        assertThat(counts.get("awaitingDate").intValue()).as("a3").isEqualTo(1);
        assertThat(counts.get("postponed").intValue()).isEqualTo(1);
        assertThat(watched.json().get(0).get("outages").get("open").intValue()).isEqualTo(1);
        assertThat(CommandRun.of(place, "watch", "--once", "--prefix", prefix).out())
                .containsPattern("postponed +1 ")
                .containsPattern("no new date +1")
                .containsPattern("not recorded yet +1 ");

        List<JsonNode> outages = CommandRun.of(
                        place, "consume", "--topic", "outages", "--from-beginning", "--until-end", "--prefix", prefix)
                .json();
        assertThat(outages.get(outages.size() - 1).get("key").textValue()).isEqualTo("pas@2025-03-12T09:40:00Z");
        assertThat(outages.get(outages.size() - 1).get("value").get("affectedServices"))
                .singleElement()
                .satisfies(service -> assertThat(service.textValue()).isEqualTo("clinic"));
    }

    @Test
    void consumeStopsAfterTheMaximum(SharedSandbox.Place place) {
        String prefix = place.prefix();
        CommandRun.of(place, "topics", "create", "--replay", "--prefix", prefix);
        produce(place, prefix, "appointments", APPOINTMENTS);

        CommandRun one = CommandRun.of(
                place, "consume", "--topic", "appointments", "--from-beginning", "--max", "1", "--prefix", prefix);

        assertThat(one.exitCode()).isZero();
        assertThat(one.json()).singleElement().satisfies(record -> {
            assertThat(record.get("key").textValue()).startsWith("a");
            assertThat(record.get("value").get("slotEnd").textValue()).startsWith("2025-03-12T");
            assertThat(record.get("timestamp").textValue()).isEqualTo("2025-03-12T10:00:00Z");
        });
    }

    @Test
    void namesMissingTopicsAndStartsNothing(SharedSandbox.Place place) {
        CommandRun stream = CommandRun.of(place, "stream", "--prefix", place.prefix());

        assertThat(stream.exitCode()).isEqualTo(3);
        assertThat(stream.err()).contains("missing topics: ").contains("knockon topics create --prefix");
    }

    private CommandRun produce(SharedSandbox.Place place, String prefix, String topic, String lines) {
        try {
            Path file = Files.writeString(Files.createTempFile(folder, "lines", ".jsonl"), lines);
            return CommandRun.of(place, "produce", "--topic", topic, "--file", file.toString(), "--prefix", prefix);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String booked(String id, String slot) {
        return appointment(id, "BOOKED", null, slot)
                .replace("\"sequence\":1", "\"sequence\":0")
                .replace("2025-03-12T10:00:00Z", "2025-03-01T10:00:00Z");
    }

    private static String appointment(String id, String status, String reason, String slot) {
        return """
                {"key":"%1$s","value":{"appointmentId":"%1$s","sequence":1,"status":"%2$s","changeReason":%3$s,\
                "serviceId":"clinic","slotStart":"%4$s","slotEnd":"%5$s","priority":"ROUTINE","patientRef":"p-1",\
                "replaces":null,"updatedAt":"2025-03-12T10:00:00Z"}}
                """.formatted(
                        id,
                        status,
                        reason == null ? "null" : "\"" + reason + "\"",
                        slot,
                        slot.replace(":00:00Z", ":20:00Z").replace(":30:00Z", ":50:00Z"));
    }
}
