package org.knockon.systemtests.feeds.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Observation;
import org.knockon.producers.recording.Recording;
import org.knockon.schemas.Topics;
import org.knockon.systemtests.BackgroundCommand;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;
import org.knockon.systemtests.feeds.TopicValues;

/**
 * An incident through the front door: what a recording holds is sent as messages of real systems, and every impact and
 * every cell is as when the recording is replayed. The short version sends the demo, the long one a week of the heatwave.
 */
@ExtendWith(SharedSandbox.class)
@Timeout(3_600)
class FrontDoorIT {

    private static final boolean LONG = Boolean.getBoolean("knockon.long");
    private static final String SCENARIO = LONG ? "july-heatwave-2022" : "pas-outage-demo";
    private static final String FROM = LONG ? "2022-07-18T00:00:00+01:00" : "2025-03-12T06:00:00Z";
    private static final String UNTIL = LONG ? "2022-07-26T00:00:00+01:00" : "2025-03-13T00:00:00Z";

    private static final String FEEDS = """
            http: {port: 0}
            pseudonyms: {keyFile: pseudonym.key, identifiers: [{name: nhs-number, hl7: [NHS], fhir: ["%s"]}]}
            feeds:
              - name: pas
                kind: hl7
                namespace: ""
                port: 0
                zone: Europe/London
                services: [%s]
                reasons: &reasons {PATREQ: PATIENT, CLINREQ: CLINICAL, HOSPREQ: PROVIDER, ITDOWN: IT_OUTAGE}
              - name: ers
                kind: fhir
                namespace: ""
                identifier: "%s"
                services: [%s]
                reasons: *reasons
                priorities: {%s}
              - {name: events, kind: cloudevents}
            """;

    @TempDir
    private Path folder;

    @Test
    void whatComesAsMessagesHasTheSameImpacts(SharedSandbox.Place place) throws Exception {
        Path file = folder.resolve("cut.avro");
        run(
                place,
                "record",
                "--file",
                file.toString(),
                "--from",
                utc(FROM),
                "--until",
                utc(UNTIL),
                "--prefix",
                replay(place, SCENARIO, "whole"));
        Map<String, Object> client =
                Map.of("bootstrap.servers", place.bootstrapServers(), "schema.registry.url", place.schemaRegistryUrl());
        TopicValues replayed = new TopicValues(client, replay(place, file.toString(), "native"));
        TopicValues sent = new TopicValues(client, place.prefix() + "replay.door.");
        run(place, "topics", "create", "--replay", "--prefix", sent.prefix());
        replayed.copyCatalogueTo(sent.prefix());
        List<AppointmentVersion> versions = lastStatements(replayed.all(Topics.APPOINTMENTS));
        List<Observation> observations = replayed.all(Topics.SYSTEM_HEALTH);

        long hl7 = send(place, sent, feeds(replayed), versions, observations);

        assertThat(hl7).as("most go as HL7, the others as FHIR").isBetween(versions.size() / 2L, versions.size() - 1L);
        Recording recording = Recording.open(file);
        run(
                place,
                "stream",
                "--until-idle",
                "--prefix",
                sent.prefix(),
                "--set",
                "clock=replay",
                "--set",
                "replay.from=" + Instant.ofEpochMilli(recording.from()),
                "--set",
                "replay.until=" + Instant.ofEpochMilli(recording.to()),
                "--set",
                "state.dir=" + folder.resolve("state"),
                "--set",
                "http.port=0");
        assertThat(sent.impacts()).hasSizeGreaterThan(100).isEqualTo(replayed.impacts());
        assertThat(sent.cells()).hasSizeGreaterThan(10).isEqualTo(replayed.cells());
        System.err.printf(
                "FrontDoorIT: %,d versions, %,d of them as HL7, %,d observations: %,d impacts and %,d cells are equal%n",
                versions.size(),
                hl7,
                observations.size(),
                sent.impacts().size(),
                sent.cells().size());
    }

    /**
     * A version that was stated again, with another reason for example, counts as it was stated last. HL7 and FHIR have no
     * number of a version: what is sent again is a version of its own.
     */
    private static List<AppointmentVersion> lastStatements(List<AppointmentVersion> versions) {
        Map<String, AppointmentVersion> last = new LinkedHashMap<>();
        for (AppointmentVersion version : versions) {
            last.merge(
                    version.appointmentId() + "#" + version.sequence(),
                    version,
                    (one, other) -> other.updatedAt() >= one.updatedAt() ? other : one);
        }
        return List.copyOf(last.values());
    }

    private long send(
            SharedSandbox.Place place,
            TopicValues sent,
            String feeds,
            List<AppointmentVersion> versions,
            List<Observation> observations)
            throws Exception {
        run(place, "ingest", "--new-key", folder.resolve("pseudonym.key").toString());
        Path file = Files.writeString(folder.resolve("feeds.yaml"), feeds);
        try (BackgroundCommand ingest = BackgroundCommand.start(
                place.arguments(),
                "ingest",
                "--feeds",
                file.toString(),
                "--output",
                "json",
                "--exercise",
                "door",
                "--prefix",
                sent.prefix())) {
            JsonNode ready = CommandRun.parse(ingest.awaitLine(line -> line.startsWith("{\"http\":")));
            return new FrontDoor(ready).send(versions, observations);
        }
    }

    private static String feeds(TopicValues replayed) {
        Set<String> services = replayed.keys(Topics.CARE_SERVICES);
        String priorities = FhirResources.PRIORITIES.stream()
                .map(each -> "\"" + (FhirResources.PRIORITIES.indexOf(each) + 1) + "\": " + each)
                .collect(Collectors.joining(", "));
        return FEEDS.formatted(
                FhirResources.NHS_NUMBER,
                rules(services, ""),
                FhirResources.SYSTEM,
                rules(services, "Location/"),
                priorities);
    }

    private static String rules(Set<String> services, String before) {
        return services.stream()
                .map(id -> "{match: {location: \"" + before + id + "\"}, id: \"" + id + "\"}")
                .collect(Collectors.joining(", "));
    }

    /** Returns the prefix of the topics. */
    private static String replay(SharedSandbox.Place place, String what, String run) {
        return run(
                        place,
                        "replay",
                        what,
                        "--headless",
                        "--speed",
                        "max",
                        "--output",
                        "json",
                        "--run",
                        run,
                        "--prefix",
                        place.prefix())
                .json()
                .get(0)
                .get("topicPrefix")
                .textValue();
    }

    private static String utc(String time) {
        return OffsetDateTime.parse(time).toInstant().toString();
    }

    private static CommandRun run(SharedSandbox.Place place, String... arguments) {
        CommandRun run = CommandRun.of(place, arguments);
        assertThat(run.exitCode())
                .as(Stream.concat(Arrays.stream(arguments), Stream.of(run.err()))
                        .collect(Collectors.joining(" ")))
                .isZero();
        return run;
    }
}
