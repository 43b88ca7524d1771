package org.knockon.feeds.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.knockon.feeds.json.JsonPaths;
import org.knockon.feeds.json.JsonReader;
import org.knockon.feeds.message.FeedRequest;
import org.knockon.feeds.message.Refusal;
import org.knockon.feeds.message.RefusalReason;
import org.knockon.feeds.message.RefusedMessageException;

/** Reads a request and finds what it is about. */
final class FhirReader {

    static final String APPOINTMENT = "Appointment";

    private static final int MIB = 1024 * 1024;
    private static final int LARGEST_RESOURCE = MIB;
    private static final int LARGEST_BUNDLE = 16 * MIB;
    private static final String PROCESS_MESSAGE = "/$process-message";
    private static final Pattern OTHER_TYPE = Pattern.compile("/[A-Z][A-Za-z]{1,63}(?:/[^/]+)?");
    private static final Set<String> JSON = Set.of("application/fhir+json", "application/json");
    private static final Set<String> LINES =
            Set.of("application/fhir+ndjson", "application/ndjson", "application/x-ndjson");
    private static final Set<String> WITH_BODY = Set.of("POST", "PUT");

    private final AppointmentIds ids;
    private final BundleEntries bundles;
    private final FhirFeedSettings settings;
    private final JsonReader resources = new JsonReader(LARGEST_RESOURCE, MIB);
    private final JsonReader bundleReader = new JsonReader(LARGEST_BUNDLE, MIB);

    FhirReader(FhirFeedSettings settings) {
        this.settings = settings;
        this.ids = new AppointmentIds(settings);
        this.bundles = new BundleEntries(settings, ids);
    }

    /** Most bytes of a body at a path. */
    static int largestBody(String path) {
        String plain = plain(path);
        return plain.isEmpty() || plain.equals(PROCESS_MESSAGE) ? LARGEST_BUNDLE : LARGEST_RESOURCE;
    }

    FhirMessage read(FeedRequest request) {
        try {
            return route(request, plain(request.path()));
        } catch (RefusedMessageException e) {
            return refused(e.refusal(), status(e.refusal().reason()));
        }
    }

    /** The HTTP status for a reason. */
    static int status(RefusalReason reason) {
        return switch (reason) {
            case UNREADABLE -> 400;
            case UNAUTHORISED -> 401;
            case TOO_LARGE -> 413;
            default -> 422;
        };
    }

    private FhirMessage route(FeedRequest request, String path) {
        String method = request.method();
        if (method.equals("GET") && path.equals("/metadata")) {
            return new FhirMessage(FhirMessage.Kind.METADATA, List.of(), ResourceIndex.empty(), OptionalLong.empty());
        }
        if (request.body().length > largestBody(path)) {
            throw new RefusedMessageException(RefusalReason.TOO_LARGE, "");
        }
        if (method.equals("DELETE") && path.startsWith("/Appointment/")) {
            String id = path.substring("/Appointment/".length());
            return FhirMessage.single(new FhirEntry.Deletion(settings.appointmentId(id), APPOINTMENT));
        }
        boolean lines = path.isEmpty() && LINES.contains(request.mediaType());
        if (WITH_BODY.contains(method) && !(request.utf8() && (lines || JSON.contains(request.mediaType())))) {
            return refused(new Refusal(RefusalReason.WRONG_TYPE, "Content-Type"), 415);
        }
        if (method.equals("POST") && (path.isEmpty() || path.equals(PROCESS_MESSAGE))) {
            return lines ? lines(request.body()) : bundle(request.body());
        }
        if (method.equals("POST") && path.equals("/Appointment")) {
            return FhirMessage.single(appointment(request.body()));
        }
        if (method.equals("PUT") && path.startsWith("/Appointment/")) {
            FhirEntry.Change change = appointment(request.body());
            return FhirMessage.single(BundleEntries.withId(change, path.substring("/Appointment/".length())));
        }
        boolean change = WITH_BODY.contains(method) || method.equals("DELETE");
        boolean ours = path.equals("/Appointment") || path.startsWith("/Appointment/");
        return change && !ours && OTHER_TYPE.matcher(path).matches()
                ? FhirMessage.single(new FhirEntry.Skipped())
                : refused(new Refusal(RefusalReason.WRONG_TYPE, "path"), 404);
    }

    private FhirEntry.Change appointment(byte[] body) {
        JsonNode resource = resource(resources.read(body), "");
        if (!type(resource).equals(APPOINTMENT)) {
            throw new RefusedMessageException(RefusalReason.WRONG_TYPE, "resourceType");
        }
        return new FhirEntry.Change(resource, APPOINTMENT, ids.of(resource, Optional.empty()));
    }

    private FhirMessage bundle(byte[] body) {
        JsonNode bundle = resource(bundleReader.read(body), "");
        if (!type(bundle).equals("Bundle")) {
            throw new RefusedMessageException(RefusalReason.WRONG_TYPE, "resourceType");
        }
        return bundles.of(bundle);
    }

    private FhirMessage lines(byte[] body) {
        List<FhirEntry> entries = new ArrayList<>();
        int number = 0;
        for (int from = 0; from < body.length; ) {
            int to = from;
            while (to < body.length && body[to] != '\n') {
                to++;
            }
            number++;
            if (!blank(body, from, to)) {
                entries.add(line(body, from, to - from, "line[" + number + "]"));
            }
            from = to + 1;
        }
        return new FhirMessage(FhirMessage.Kind.COLLECTION, entries, ResourceIndex.empty(), OptionalLong.empty());
    }

    private FhirEntry line(byte[] body, int from, int length, String path) {
        try {
            JsonNode resource = resource(resources.read(body, from, length, path), path);
            return type(resource).equals(APPOINTMENT)
                    ? new FhirEntry.Change(resource, path, ids.of(resource, Optional.empty()))
                    : new FhirEntry.Skipped();
        } catch (RefusedMessageException e) {
            return new FhirEntry.Bad(e.refusal(), status(e.refusal().reason()));
        }
    }

    private static boolean blank(byte[] body, int from, int to) {
        for (int i = from; i < to; i++) {
            if (body[i] > ' ' || body[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private static JsonNode resource(JsonNode node, String path) {
        if (JsonPaths.text(node, "resourceType").isEmpty()) {
            throw new RefusedMessageException(
                    RefusalReason.UNREADABLE, path.isEmpty() ? "resourceType" : path + ".resourceType");
        }
        return node;
    }

    private static String type(JsonNode resource) {
        return resource.path("resourceType").asText();
    }

    private static FhirMessage refused(Refusal refusal, int status) {
        return FhirMessage.single(new FhirEntry.Bad(refusal, status));
    }

    /** Some clients write the base with a slash at the end, which then is doubled. */
    private static String plain(String path) {
        String plain = path.replaceFirst("^/+", "/");
        return plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
    }
}
