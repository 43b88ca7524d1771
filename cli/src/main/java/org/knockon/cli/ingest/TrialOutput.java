package org.knockon.cli.ingest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.knockon.cli.console.Json;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.message.Outcome;
import org.knockon.feeds.run.Trial;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Observation;

/** Prints what the messages of a file would become. */
final class TrialOutput {

    private final PrintWriter out;

    TrialOutput(PrintWriter out) {
        this.out = out;
    }

    void text(List<Trial.Tried> results) {
        Map<Outcome, Integer> sums = new EnumMap<>(Outcome.class);
        for (Trial.Tried each : results) {
            MappedMessage message = each.message();
            sums.merge(message.outcome(), 1, Integer::sum);
            out.println(each.number() + (each.controlId().isEmpty() ? "" : " " + each.controlId()) + ": "
                    + message.outcome().text()
                    + message.refusal()
                            .map(refusal -> ", " + refusal.reason().text()
                                    + (refusal.where().isEmpty() ? "" : " at " + refusal.where()))
                            .orElse(""));
            message.appointments().forEach(version -> out.println("  appointments " + Json.line(json(version))));
            message.observations().forEach(seen -> out.println("  system-health " + Json.line(json(seen))));
            message.flags().stream().sorted().forEach(flag -> out.println("  flag " + flag.text()));
            message.unmapped().forEach(name -> out.println("  no rule fits " + name));
        }
        StringBuilder sum = new StringBuilder("nothing was published");
        sums.forEach((outcome, count) ->
                sum.append("; ").append(outcome.text()).append(' ').append(count));
        out.println(sum);
    }

    void json(List<Trial.Tried> results) {
        for (Trial.Tried each : results) {
            MappedMessage message = each.message();
            ObjectNode node = Json.object().put("number", each.number()).put("controlId", each.controlId());
            node.put("outcome", message.outcome().text());
            message.refusal()
                    .ifPresent(refusal ->
                            node.put("reason", refusal.reason().text()).put("where", refusal.where()));
            message.appointments()
                    .forEach(version -> node.withArray("appointments").add(json(version)));
            message.observations()
                    .forEach(seen -> node.withArray("systemHealth").add(json(seen)));
            message.flags().stream()
                    .sorted()
                    .forEach(flag -> node.withArray("flags").add(flag.text()));
            message.unmapped().forEach(name -> node.withArray("unmapped").add(name));
            out.println(Json.line(node));
        }
    }

    private static ObjectNode json(AppointmentVersion version) {
        ObjectNode node = Json.object()
                .put("appointmentId", version.appointmentId())
                .put("sequence", version.sequence())
                .put("status", version.status().name());
        if (version.changeReason() != null) {
            node.put("changeReason", version.changeReason().name());
        }
        node.put("serviceId", version.serviceId())
                .put("slotStart", time(version.slotStart()))
                .put("slotEnd", time(version.slotEnd()))
                .put("priority", version.priority().name())
                .put("patientRef", version.patientRef());
        if (version.replaces() != null) {
            node.put("replaces", version.replaces());
        }
        node.put("updatedAt", time(version.updatedAt()));
        if (version.dueIn() != null) {
            node.put("dueIn", time(version.dueIn()));
        }
        return node;
    }

    private static ObjectNode json(Observation seen) {
        ObjectNode node = Json.object()
                .put("systemId", seen.systemId())
                .put("status", seen.status().name())
                .put("observedAt", time(seen.observedAt()))
                .put("monitor", seen.monitor());
        if (seen.detail() != null) {
            node.put("detail", seen.detail());
        }
        return node;
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
