package org.knockon.feeds.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knockon.feeds.json.JsonPaths;
import org.knockon.feeds.tables.WordTable;
import org.knockon.impact.model.ChangeReason;

/** Why an appointment was changed: the feed's own table first, then the codes that FHIR defines. */
final class CancellationReasons {

    private static final String OUTAGE_SYSTEM = "urn:knockon:outage";

    private final WordTable<ChangeReason> table;

    CancellationReasons(WordTable<ChangeReason> table) {
        this.table = table;
    }

    /** Null if the appointment has no reason. R4 spells the member with one {@code l}, some senders with two. */
    ChangeReason of(JsonNode appointment) {
        JsonNode reason = appointment.hasNonNull("cancelationReason")
                ? appointment.path("cancelationReason")
                : appointment.path("cancellationReason");
        if (reason.isEmpty()) {
            return null;
        }
        List<JsonNode> codings = JsonPaths.entries(reason, "coding");
        return inTable(codings, reason)
                .or(() -> codings.stream()
                        .flatMap(coding -> defined(coding).stream())
                        .findFirst())
                .orElse(ChangeReason.UNKNOWN);
    }

    private Optional<ChangeReason> inTable(List<JsonNode> codings, JsonNode reason) {
        List<String> texts = new ArrayList<>();
        for (JsonNode coding : codings) {
            JsonPaths.text(coding, "code").ifPresent(texts::add);
            JsonPaths.text(coding, "display").ifPresent(texts::add);
        }
        JsonPaths.text(reason, "text").ifPresent(texts::add);
        return texts.stream().flatMap(text -> table.of(text).stream()).findFirst();
    }

    /** FHIR's codes are {@code pat} and {@code pat-...}: a local code such as {@code pathology} is none of them. */
    private static Optional<ChangeReason> defined(JsonNode coding) {
        if (JsonPaths.text(coding, "system").equals(Optional.of(OUTAGE_SYSTEM))) {
            return Optional.of(ChangeReason.IT_OUTAGE);
        }
        String code = JsonPaths.text(coding, "code").orElse("");
        if (code.equals("meds-inc")) {
            return Optional.of(ChangeReason.CLINICAL);
        }
        return switch (code.split("-", 2)[0]) {
            case "pat" -> Optional.of(ChangeReason.PATIENT);
            case "prov", "maint" -> Optional.of(ChangeReason.PROVIDER);
            default -> Optional.empty();
        };
    }
}
