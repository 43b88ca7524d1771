package org.knockon.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;

/** Client of the registry's REST API. Caches schemas by id and ids by schema, because neither ever changes. */
public final class RegistryClient implements Registry {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The JSON of a schema nests about four levels for each level of records. */
    private static final int DEEPEST_SCHEMA = 300;

    private record SubjectSchema(String subject, Schema schema) {}

    private final RegistryHttp http;
    private final BoundedCache<Integer, Schema> byId;
    private final BoundedCache<SubjectSchema, Integer> registered;
    private final BoundedCache<SubjectSchema, Integer> lookedUp;

    /** @throws ConfigException with all problems at once */
    public RegistryClient(Map<String, ?> config) {
        http = new RegistryHttp(RegistrySettings.from(config));
        byId = new BoundedCache<>(config);
        registered = new BoundedCache<>(config);
        lookedUp = new BoundedCache<>(config);
    }

    /**
     * Opens the registry from the settings: over HTTP, or in memory for {@code mock://name}.
     *
     * @throws ConfigException with all problems at once
     */
    public static Registry open(Map<String, ?> config) {
        List<String> urls = RegistryConfigReader.rawUrls(config);
        if (urls.size() == 1 && urls.get(0).startsWith(InMemoryRegistry.SCHEME)) {
            return InMemoryRegistry.named(urls.get(0));
        }
        return new RegistryClient(config);
    }

    @Override
    public int register(String subject, Schema schema) {
        return registered.get(new SubjectSchema(subject, schema), key -> {
            String what = "register schema " + schema.getFullName() + " in subject " + subject;
            return integer(http.post("/subjects/" + encode(subject) + "/versions", body(schema), what), "id", what);
        });
    }

    @Override
    public int lookUp(String subject, Schema schema) {
        return lookedUp.get(new SubjectSchema(subject, schema), key -> {
            String what = "look up schema " + schema.getFullName() + " in subject " + subject;
            return integer(http.post("/subjects/" + encode(subject), body(schema), what), "id", what);
        });
    }

    @Override
    public Version latest(String subject) {
        String what = "read the newest schema of subject " + subject;
        JsonNode response = http.get("/subjects/" + encode(subject) + "/versions/latest", what);
        return new Version(integer(response, "id", what), integer(response, "version", what), schema(response, what));
    }

    @Override
    public Schema byId(int id) {
        String what = "read the schema with id " + id;
        return byId.get(id, key -> schema(read(id, what), what));
    }

    /**
     * Only the registry's own answer that it has no such schema blames the record that names it. A refusal, the page of a proxy or a
     * wrong address can be corrected, and the record may be valid.
     */
    private JsonNode read(int id, String what) {
        JsonNode answer;
        try {
            answer = http.get("/schemas/ids/" + id, what);
        } catch (RegistryUnavailableException e) {
            throw e;
        } catch (RegistryException e) {
            if (e.errorCode() == RegistryException.UNKNOWN_SCHEMA) {
                throw e;
            }
            throw new RegistryUnavailableException(e.getMessage(), e.status(), e);
        }
        if (!answer.path("schema").isTextual()) {
            throw new RegistryUnavailableException(
                    "cannot " + what + ": what answers is not a schema registry", 200, null);
        }
        return answer;
    }

    @Override
    public void setCompatibility(String subject, String level) {
        http.put(
                "/config/" + encode(subject),
                JSON.createObjectNode().put("compatibility", level),
                "set the compatibility of subject " + subject + " to " + level);
    }

    @Override
    public void close() {
        http.close();
    }

    private static JsonNode body(Schema schema) {
        return JSON.createObjectNode().put("schema", schema.toString());
    }

    private static int integer(JsonNode response, String field, String what) {
        JsonNode value = response.get(field);
        if (value == null || !value.canConvertToInt()) {
            throw new RegistryException("cannot " + what + ": the response has no " + field, 200, 0, null);
        }
        return value.intValue();
    }

    private static Schema schema(JsonNode response, String what) {
        String type = response.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new RegistryException("cannot " + what + ": its type is " + type + ", not AVRO", 200, 0, null);
        }
        String text = response.path("schema").asText();
        if (nesting(text) > DEEPEST_SCHEMA) {
            throw new RegistryException(
                    "cannot " + what + ": it nests more than " + DEEPEST_SCHEMA + " levels deep", 200, 0, null);
        }
        try {
            return new Schema.Parser().parse(text);
        } catch (RuntimeException e) {
            throw new RegistryException("cannot " + what + ": the response contains no Avro schema", 200, 0, e);
        }
    }

    /** Depth of brackets and braces. Avro's parser recurses into each of them. */
    private static int nesting(String json) {
        int depth = 0;
        int deepest = 0;
        boolean quoted = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '{' || c == '[')) {
                deepest = Math.max(deepest, ++depth);
            } else if (!quoted && (c == '}' || c == ']')) {
                depth--;
            }
        }
        return deepest;
    }

    private static String encode(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
