package org.knockon.systemtests.feeds.door;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.app.Connection;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.parser.Parser;
import ca.uhn.hl7v2.util.Terser;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Observation;

/** Sends records as messages, each appointment by the same sender so that its order is kept. */
final class FrontDoor {

    private static final int SENDERS = 8;
    private static final int BATCH = 500;

    private final int hl7Port;
    private final String fhirUrl;
    private final String eventsUrl;
    private final HttpClient http = HttpClient.newHttpClient();

    FrontDoor(JsonNode ready) {
        JsonNode feeds = ready.get("feeds");
        hl7Port = feeds.get(0).get("port").intValue();
        fhirUrl = feeds.get(1).get("url").textValue();
        eventsUrl = feeds.get(2).get("url").textValue();
    }

    /**
     * Sends all and requires a positive answer to each.
     *
     * @return how many went as HL7
     */
    long send(List<AppointmentVersion> versions, List<Observation> observations) throws Exception {
        Set<String> linked = new HashSet<>();
        versions.stream()
                .filter(each -> each.replaces() != null || !SiuMessages.canSay(each))
                .forEach(each -> linked.add(each.appointmentId()));
        if (linked.isEmpty()) {
            // The demo links none: then each fifth appointment is FHIR's.
            versions.stream()
                    .map(AppointmentVersion::appointmentId)
                    .filter(id -> Math.floorMod(id.hashCode(), 5) == 0)
                    .forEach(linked::add);
        }
        ExecutorService threads = Executors.newFixedThreadPool(2 * SENDERS + 1);
        // One for all: closing it ends the threads that read the answers of every connection.
        try (HapiContext context = new DefaultHapiContext(ValidationContextFactory.noValidation())) {
            List<Future<Long>> sent = new ArrayList<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                int own = sender;
                List<AppointmentVersion> mine = versions.stream()
                        .filter(each -> Math.floorMod(each.appointmentId().hashCode(), SENDERS) == own)
                        .toList();
                sent.add(threads.submit(hl7(
                        context,
                        own,
                        mine.stream()
                                .filter(each -> !linked.contains(each.appointmentId()))
                                .toList())));
                sent.add(threads.submit(fhir(mine.stream()
                        .filter(each -> linked.contains(each.appointmentId()))
                        .toList())));
            }
            sent.add(threads.submit(events(observations)));
            long hl7 = 0;
            for (Future<Long> each : sent) {
                hl7 += each.get();
            }
            return hl7;
        } finally {
            threads.shutdownNow();
        }
    }

    private Callable<Long> hl7(HapiContext context, int sender, List<AppointmentVersion> versions) {
        return () -> {
            long number = (sender + 1) * 10_000_000L;
            Parser parser = context.getPipeParser();
            Connection connection = context.newClient("127.0.0.1", hl7Port, false);
            for (AppointmentVersion version : versions) {
                Message answer =
                        connection.getInitiator().sendAndReceive(parser.parse(SiuMessages.of(version, ++number)));
                assertThat(new Terser(answer).get("/MSA-1")).as(answer.encode()).isEqualTo("AA");
            }
            return (long) versions.size();
        };
    }

    private Callable<Long> fhir(List<AppointmentVersion> versions) {
        return () -> {
            for (AppointmentVersion version : versions) {
                post(fhirUrl + "/Appointment", "application/fhir+json", FhirResources.of(version));
            }
            return 0L;
        };
    }

    private Callable<Long> events(List<Observation> observations) {
        return () -> {
            for (int from = 0; from < observations.size(); from += BATCH) {
                ArrayNode batch = JsonNodeFactory.instance.arrayNode();
                for (int i = from; i < Math.min(observations.size(), from + BATCH); i++) {
                    Observation each = observations.get(i);
                    batch.addObject()
                            .put("specversion", "1.0")
                            .put("id", "o" + i)
                            .put("source", "/monitors")
                            .put("type", "org.knockon.system-health.v1")
                            .putObject("data")
                            .put("systemId", each.systemId())
                            .put("status", each.status().name())
                            .put(
                                    "observedAt",
                                    Instant.ofEpochMilli(each.observedAt()).toString())
                            .put("monitor", each.monitor())
                            .put("detail", each.detail());
                }
                post(eventsUrl, "application/cloudevents-batch+json", batch.toString());
            }
            return 0L;
        };
    }

    private void post(String url, String type, String body) throws Exception {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
    }
}
