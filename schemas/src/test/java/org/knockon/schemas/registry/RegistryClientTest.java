package org.knockon.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryClientTest {

    private static final Schema SCHEMA =
            new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"R\",\"namespace\":\"n\",\"fields\":[]}");
    private static final String SCHEMA_BODY =
            "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"R\\\",\\\"namespace\\\":\\\"n\\\",\\\"fields\\\":[]}\"}";
    private static final String PATH = "/apis/ccompat/v7";

    private HttpRegistry server;

    @BeforeEach
    void start() throws IOException {
        server = HttpRegistry.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void requestsEachIdAndEachSchemaOnce() {
        server.respond(200, "{\"id\":7}").respond(200, SCHEMA_BODY).respond(200, "{\"id\":7,\"subject\":\"s\"}");
        try (Registry registry = client()) {
            for (int i = 0; i < 3; i++) {
                assertThat(registry.register("a subject/ä", SCHEMA)).isEqualTo(7);
            }
            for (int i = 0; i < 3; i++) {
                assertThat(registry.byId(7)).isEqualTo(SCHEMA);
            }
            for (int i = 0; i < 3; i++) {
                assertThat(registry.lookUp("s", SCHEMA)).isEqualTo(7);
            }
        }
        String json = "application/vnd.schemaregistry.v1+json";
        assertThat(server.requests())
                .containsExactly(
                        new HttpRegistry.Request(
                                "POST", PATH + "/subjects/a%20subject%2F%C3%A4/versions", SCHEMA_BODY, null, json),
                        new HttpRegistry.Request("GET", PATH + "/schemas/ids/7", "", null, json),
                        new HttpRegistry.Request("POST", PATH + "/subjects/s", SCHEMA_BODY, null, json));
    }

    @Test
    void requestsOnceForAllThreads() throws Exception {
        server.respond(200, SCHEMA_BODY);
        try (Registry registry = client()) {
            Callable<Schema> reading = () -> registry.byId(7);
            ExecutorService pool = Executors.newFixedThreadPool(8);
            for (Future<Schema> read : pool.invokeAll(Collections.nCopies(8, reading))) {
                assertThat(read.get()).isEqualTo(SCHEMA);
            }
            pool.shutdown();
        }
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void readsTheNewestVersionEachTime() {
        server.respond(200, SCHEMA_BODY.replace("{\"schema\"", "{\"id\":7,\"version\":2,\"schema\""))
                .respond(200, SCHEMA_BODY.replace("{\"schema\"", "{\"id\":9,\"version\":3,\"schema\""));
        try (Registry registry = client()) {
            assertThat(registry.latest("s")).isEqualTo(new Registry.Version(7, 2, SCHEMA));
            assertThat(registry.latest("s")).isEqualTo(new Registry.Version(9, 3, SCHEMA));
        }
        assertThat(server.requests().get(0).path()).isEqualTo(PATH + "/subjects/s/versions/latest");
    }

    @Test
    void setsTheCompatibilityOfASubject() {
        server.respond(200, "{\"compatibility\":\"FULL_TRANSITIVE\"}");
        try (Registry registry = client()) {
            registry.setCompatibility("s", "FULL_TRANSITIVE");
        }
        assertThat(server.requests())
                .extracting(HttpRegistry.Request::method, HttpRegistry.Request::path, HttpRegistry.Request::body)
                .containsExactly(tuple("PUT", PATH + "/config/s", "{\"compatibility\":\"FULL_TRANSITIVE\"}"));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void retriesAfterAServerError(int status) {
        server.respond(status, "<html>later</html>").respond(status, "").respond(200, SCHEMA_BODY);
        try (Registry registry = client()) {
            assertThat(registry.byId(7)).isEqualTo(SCHEMA);
        }
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void givesUpAfterTheRetriesAndTriesAgainNextTime() {
        server.respond(503, "{\"error_code\":50003,\"message\":\"no leader\"}");
        try (Registry registry = client()) {
            RegistryUnavailableException e =
                    catchThrowableOfType(RegistryUnavailableException.class, () -> registry.byId(7));
            assertThat(e).isInstanceOf(SerializationException.class);
            assertThat(e)
                    .hasMessage("cannot read the schema with id 7: tried [" + server.url()
                            + "] 3 times, last error: HTTP 503, error 50003, no leader");
            assertThat(e.status()).isEqualTo(503);
            assertThat(e).hasCauseInstanceOf(IOException.class);
            assertThat(server.requests()).hasSize(3);

            server.respond(200, SCHEMA_BODY);
            assertThat(registry.byId(7)).isEqualTo(SCHEMA);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 409, 422})
    void doesNotRetryWhenTheRegistryRefuses(int status) {
        server.respond(status, "{\"error_code\":" + status + "42,\"message\":\"because of this\"}");
        try (Registry registry = client()) {
            RegistryException e = catchThrowableOfType(RegistryException.class, () -> registry.register("s", SCHEMA));
            assertThat(e).isNotInstanceOf(RegistryUnavailableException.class);
            assertThat(e)
                    .hasMessage("cannot register schema n.R in subject s at " + server.url() + ": HTTP " + status
                            + ", error " + status + "42, because of this");
            assertThat(e.status()).isEqualTo(status);
            assertThat(e.errorCode()).isEqualTo(status * 100 + 42);
        }
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void saysThatTheRegistryRefusesTheLogInWithoutThePageOfAProxy(int status) {
        server.respond(status, "<html>\n<body>\nWho are you?\n</body>\n</html>")
                .respond(status, "{\"error_code\":" + status + "01,\"message\":\"not\\nyours\"}");
        String refused = "cannot register schema n.R in subject s: user or password refused by the registry at "
                + server.url() + " (HTTP " + status;
        try (Registry registry = client()) {
            assertThatThrownBy(() -> registry.register("s", SCHEMA))
                    .isNotInstanceOf(RegistryUnavailableException.class)
                    .hasMessage(refused + ")");
            assertThatThrownBy(() -> registry.register("s", SCHEMA))
                    .hasMessage(refused + ", error " + status + "01, not yours)");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 503})
    void neverQuotesAPage(int status) {
        server.respond(status, "<html>\n<h1>nginx</h1>\n</html>");
        try (Registry registry = client()) {
            assertThatThrownBy(() -> registry.register("s", SCHEMA))
                    .hasMessageEndingWith("HTTP " + status)
                    .hasMessageNotContaining("nginx");
        }
    }

    @Test
    void explainsResponsesThatAreNotFromARegistry() {
        server.respond(200, "<html>Log in</html>")
                .respond(200, "{\"schema\":\"no schema\"}")
                .respond(200, "{\"schemaType\":\"PROTOBUF\",\"schema\":\"message M {}\"}");
        try (Registry registry = client()) {
            assertThatThrownBy(() -> registry.register("s", SCHEMA))
                    .hasMessage("cannot register schema n.R in subject s: the response has no id");
            assertThatThrownBy(() -> registry.byId(7))
                    .hasMessage("cannot read the schema with id 7: the response contains no Avro schema");
            assertThatThrownBy(() -> registry.byId(7))
                    .hasMessage("cannot read the schema with id 7: its type is PROTOBUF, not AVRO");
        }
    }

    /** Such answers say nothing of the record that names the schema: it may be valid. */
    @ParameterizedTest
    @CsvSource({
        "401, '{\"error_code\":40101,\"message\":\"who are you\"}'",
        "403, forbidden",
        "404, <html>Not here</html>",
        "404, '{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}'",
        "200, <html>Log in</html>",
        "200, '{}'"
    })
    void takesAnAnswerThatIsNotOfTheSchemaForARegistryThatIsAway(int status, String body) {
        server.respond(status, body);
        try (Registry registry = client()) {
            assertThatThrownBy(() -> registry.byId(7)).isInstanceOf(RegistryUnavailableException.class);
        }
    }

    @Test
    void blamesTheRecordWhoseSchemaTheRegistryDoesNotKnow() {
        server.respond(404, "{\"error_code\":40403,\"message\":\"Schema 7 not found\"}");
        try (Registry registry = client()) {
            assertThatThrownBy(() -> registry.byId(7))
                    .isNotInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("Schema 7 not found");
        }
    }

    @Test
    void movesToTheNextUrlAndStaysThere() throws IOException {
        String dead;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            dead = "http://localhost:" + socket.getLocalPort();
        }
        try (HttpRegistry failing = HttpRegistry.start().respond(503, "")) {
            server.respond(200, SCHEMA_BODY);
            Map<String, Object> config = config();
            config.put("schema.registry.url", dead + ", " + failing.url() + "/," + server.url());
            config.put("max.retries", "0");
            try (Registry registry = RegistryClient.open(config)) {
                registry.byId(1);
                registry.byId(2);
            }
            assertThat(failing.requests()).hasSize(1);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void namesTheUrlsThatItTried() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Map<String, Object> config = config();
        config.put("schema.registry.url", "http://me:secret@localhost:" + port);
        try (Registry registry = RegistryClient.open(config)) {
            assertThatThrownBy(() -> registry.byId(7))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessage("cannot read the schema with id 7: tried [http://localhost:" + port
                            + "] 3 times, last error: ConnectException")
                    .hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void givesUpWhenNoResponseArrives() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Map<String, Object> config = config();
            config.put("schema.registry.url", "http://localhost:" + silent.getLocalPort());
            config.put("http.read.timeout.ms", 50);
            config.put("max.retries", 0);
            try (Registry registry = RegistryClient.open(config)) {
                assertThatThrownBy(() -> registry.byId(7))
                        .isInstanceOf(RegistryUnavailableException.class)
                        // On a busy machine the time has passed before the connection is made.
                        .hasMessageMatching("(?s).*Http(Connect)?TimeoutException.*");
            }
        }
    }

    @Test
    void sendsTheUserAndPasswordOfTheSetting() {
        assertAuthorization(
                Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "knock:ön"),
                "Basic a25vY2s6w7Zu");
        assertAuthorization(Map.of("basic.auth.user.info", "knock:on"), "Basic a25vY2s6b24=");
    }

    @Test
    void sendsTheUserAndPasswordOfTheUrl() {
        String url = server.url().replace("://", "://knock:on%40home@");
        assertAuthorization(Map.of("schema.registry.url", url), "Basic a25vY2s6b25AaG9tZQ==");
        assertAuthorization(
                Map.of("schema.registry.url", url, "basic.auth.credentials.source", "URL"),
                "Basic a25vY2s6b25AaG9tZQ==");
    }

    @Test
    void sendsTheBearerToken() {
        assertAuthorization(
                Map.of("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", "t0ken"), "Bearer t0ken");
        assertAuthorization(Map.of("bearer.auth.token", "t0ken"), "Bearer t0ken");
    }

    private void assertAuthorization(Map<String, ?> settings, String authorization) {
        server.respond(200, SCHEMA_BODY);
        Map<String, Object> config = config();
        config.putAll(settings);
        try (Registry registry = RegistryClient.open(config)) {
            registry.byId(1);
        }
        assertThat(server.requests().get(server.requests().size() - 1).authorization())
                .isEqualTo(authorization);
    }

    private Registry client() {
        return RegistryClient.open(config());
    }

    private Map<String, Object> config() {
        Map<String, Object> config = new HashMap<>();
        config.put("schema.registry.url", List.of(server.url()));
        config.put("max.retries", 2);
        config.put("retries.wait.ms", "1");
        config.put("retries.max.wait.ms", 2);
        return config;
    }
}
