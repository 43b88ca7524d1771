package org.knockon.warroom.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.knockon.warroom.access.Role;

/** The OpenAPI description of access, and the roles returned to each caller. */
@Timeout(120)
class OpenApiAccessTest extends GuardedServer {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void describesEveryRefusalOfAProtectedServer() throws Exception {
        String viewer = "Bearer " + access.addToken("viewer", Set.of(Role.VIEWER), false);
        later();
        JsonNode api = JSON.readTree(
                get("/api/v1/openapi.json", "Authorization", viewer).body());
        JsonNode shared = api.get("components").get("responses");
        for (Map.Entry<String, JsonNode> path : api.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                String where = operation.getKey() + " " + path.getKey();
                JsonNode described = operation.getValue().get("responses");
                int withoutCredentials = status(operation.getKey(), path.getKey(), "");
                boolean protectedPath = withoutCredentials == 401;
                assertThat(refersTo(described, "429", shared)).as(where).isEqualTo(protectedPath);
                assertThat(protectedPath).as(where).isEqualTo(!path.getKey().startsWith("/health/"));
                assertThat(refersTo(described, "401", shared)).as(where).isEqualTo(protectedPath);
                assertThat(refersTo(described, "503", shared)).as(where).isEqualTo(protectedPath);
                assertThat(refersTo(described, "403", shared))
                        .as(where)
                        .isEqualTo(status(operation.getKey(), path.getKey(), viewer) == 403);
            }
        }
    }

    @Test
    void returnsTheRolesOfEachCaller() throws Exception {
        String facilitator = "Bearer " + access.addToken("fay", Set.of(Role.FACILITATOR), false);
        String all = "Bearer " + access.addToken("all", Set.of(Role.values()), false);
        String display = access.addToken("tv", Set.of(Role.VIEWER), true);
        later();
        assertThat(roles("Authorization", facilitator)).isEqualTo("[\"viewer\",\"facilitator\"]");
        assertThat(roles("Authorization", all)).isEqualTo("[\"viewer\",\"facilitator\",\"rebooking\"]");
        assertThat(roles("Cookie", "knockon-display=" + display)).isEqualTo("[\"viewer\"]");
        assertThat(get("/api/v1/me").statusCode()).isEqualTo(401);
        HttpResponse<String> kept = get("/api/v1/me", "Authorization", all);
        assertThat(kept.headers().firstValue("Cache-Control")).contains("no-store");

        try (WarRoomServer open =
                WarRoomServer.start(settings("127.0.0.1", Optional.empty(), false), new FakeBoard(), clock::get)) {
            server.close();
            server = open;
            assertThat(roles()).as("without authentication").isEqualTo("[\"viewer\",\"facilitator\",\"rebooking\"]");
        }
    }

    private String roles(String... headers) throws Exception {
        JsonNode me = JSON.readTree(get("/api/v1/me", headers).body());
        assertThat(me.size()).isEqualTo(1);
        return me.get("roles").toString();
    }

    private static boolean refersTo(JsonNode responses, String status, JsonNode shared) {
        String reference = responses.path(status).path("$ref").asText();
        String name = reference.replace("#/components/responses/", "");
        assertThat(reference.isEmpty() || shared.has(name)).as(reference).isTrue();
        return !reference.isEmpty();
    }

    private int status(String method, String path, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port() + path.replaceAll("\\{[^}]*}", "any")))
                .method(method.toUpperCase(Locale.ROOT), HttpRequest.BodyPublishers.noBody())
                .header("Origin", "http://127.0.0.1:" + server.port());
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        HttpResponse<InputStream> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        answer.body().close();
        return answer.statusCode();
    }
}
