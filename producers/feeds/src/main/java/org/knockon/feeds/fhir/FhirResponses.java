package org.knockon.feeds.fhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knockon.feeds.message.FeedResponse;
import org.knockon.feeds.message.Refusal;
import org.knockon.feeds.message.RefusalReason;

/** Responses in FHIR's own forms. They name elements, never values. */
public final class FhirResponses {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String CONTENT_TYPE = "Content-Type";
    private static final String FHIR_JSON = "application/fhir+json;charset=utf-8";
    private static final String REASONS = "urn:knockon:refusal";
    private static final Map<Integer, String> STATUS_LINES = Map.of(
            200, "200 OK",
            201, "201 Created",
            400, "400 Bad Request",
            404, "404 Not Found",
            413, "413 Content Too Large",
            422, "422 Unprocessable Content");

    private final FhirFeedSettings settings;

    FhirResponses(FhirFeedSettings settings) {
        this.settings = settings;
    }

    /** For a message that cannot be published now: Kafka or the registry is away. */
    public static FeedResponse unavailable() {
        ObjectNode outcome = outcome();
        outcome.withArray("issue").add(issue("error", "transient", "send it again later"));
        return new FeedResponse(503, Map.of(CONTENT_TYPE, FHIR_JSON, "Retry-After", "5"), outcome.toString());
    }

    /** For a request whose body was not read: no valid token or password, too large, or in a form that is not known. */
    public static FeedResponse refused(RefusalReason reason) {
        int status = reason == RefusalReason.WRONG_TYPE ? 415 : FhirReader.status(reason);
        return response(status, refusal(new Refusal(reason, ""), status), Map.of());
    }

    /** What the feed can do; some clients ask before they send. */
    FeedResponse capabilities() {
        return response(200, CapabilityStatement.of(), Map.of());
    }

    /** For a Bundle of which nothing is accepted. */
    FeedResponse refused(List<EntryResult> bad) {
        return response(bad.get(0).status(), issues(bad), Map.of());
    }

    FeedResponse of(FhirMessage.Kind kind, List<EntryResult> results) {
        return switch (kind) {
            case SINGLE -> single(results.get(0));
            case TRANSACTION -> response(200, bundle("transaction-response", results), Map.of());
            case BATCH -> response(200, bundle("batch-response", results), Map.of());
            default -> collection(results);
        };
    }

    private FeedResponse single(EntryResult result) {
        return response(
                result.status(),
                issues(List.of(result)),
                location(result).map(url -> Map.of("Location", url)).orElse(Map.of()));
    }

    private static FeedResponse collection(List<EntryResult> results) {
        List<EntryResult> bad = results.stream().filter(EntryResult::refused).toList();
        boolean noneGood = !bad.isEmpty() && bad.size() == results.size();
        return response(noneGood ? 422 : 200, bad.isEmpty() ? accepted("done") : issues(bad), Map.of());
    }

    private ObjectNode bundle(String type, List<EntryResult> results) {
        ObjectNode bundle = JSON.objectNode();
        bundle.put("resourceType", "Bundle").put("type", type);
        ArrayNode entries = bundle.putArray("entry");
        for (EntryResult result : results) {
            ObjectNode response = entries.addObject().putObject("response");
            response.put("status", STATUS_LINES.get(result.status()));
            location(result).ifPresent(url -> response.put("location", url));
            response.set("outcome", issues(List.of(result)));
        }
        return bundle;
    }

    /** The address of an appointment that was seen for the first time. */
    private Optional<String> location(EntryResult result) {
        return result.version()
                .filter(version -> result.status() == 201)
                .map(version -> settings.sendersId(version.version().appointmentId()))
                .map(id -> "/feeds/" + settings.name() + "/Appointment/"
                        + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20"));
    }

    private static ObjectNode issues(List<EntryResult> results) {
        ObjectNode outcome = outcome();
        for (EntryResult result : results) {
            outcome.withArray("issue")
                    .add(result.mapped()
                            .refusal()
                            .map(refusal -> issue(refusal, result.status()))
                            .orElseGet(() -> issue(
                                    "information",
                                    "informational",
                                    result.mapped().outcome().text())));
        }
        return outcome;
    }

    private static ObjectNode accepted(String text) {
        ObjectNode outcome = outcome();
        outcome.withArray("issue").add(issue("information", "informational", text));
        return outcome;
    }

    private static ObjectNode refusal(Refusal refusal, int status) {
        ObjectNode outcome = outcome();
        outcome.withArray("issue").add(issue(refusal, status));
        return outcome;
    }

    private static ObjectNode outcome() {
        ObjectNode outcome = JSON.objectNode();
        outcome.put("resourceType", "OperationOutcome").putArray("issue");
        return outcome;
    }

    private static ObjectNode issue(String severity, String code, String diagnostics) {
        return JSON.objectNode().put("severity", severity).put("code", code).put("diagnostics", diagnostics);
    }

    private static ObjectNode issue(Refusal refusal, int status) {
        ObjectNode issue = JSON.objectNode().put("severity", "error").put("code", issueCode(refusal.reason(), status));
        issue.putObject("details")
                .putArray("coding")
                .addObject()
                .put("system", REASONS)
                .put("code", refusal.reason().text());
        if (!refusal.where().isEmpty()) {
            issue.put("diagnostics", refusal.where());
        }
        return issue;
    }

    private static String issueCode(RefusalReason reason, int status) {
        return switch (status) {
            case 401 -> "login";
            case 404 -> "not-found";
            case 413 -> "too-long";
            case 415 -> "not-supported";
            default ->
                switch (reason) {
                    case BAD_TIME, BAD_STATUS, BAD_FIELD -> "value";
                    default -> "invalid";
                };
        };
    }

    private static FeedResponse response(int status, ObjectNode body, Map<String, String> more) {
        Map<String, String> headers = new HashMap<>(more);
        headers.put(CONTENT_TYPE, FHIR_JSON);
        return new FeedResponse(status, headers, body.toString());
    }
}
