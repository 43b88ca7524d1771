package org.knockon.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests to whichever of the registry's URLs answers. No connection, no answer in time, 429 and 5xx count as trouble:
 * the next URL is asked at once, and when all have been asked, after a pause, all of them again. Any other answer is
 * final.
 */
final class RegistryHttp {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryHttp.class);
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_QUOTE = 500;

    private final RegistrySettings settings;
    private final HttpClient client;
    private volatile int answering;

    RegistryHttp(RegistrySettings settings) {
        this.settings = settings;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(settings.connectTimeout());
        settings.tls().ifPresent(builder::sslContext);
        client = builder.build();
    }

    JsonNode get(String path, String what) {
        return send("GET", path, BodyPublishers.noBody(), what);
    }

    JsonNode post(String path, JsonNode body, String what) {
        return send("POST", path, BodyPublishers.ofString(body.toString()), what);
    }

    JsonNode put(String path, JsonNode body, String what) {
        return send("PUT", path, BodyPublishers.ofString(body.toString()), what);
    }

    void close() {
        // The JDK's client ends with its last reference; closing it by hand is not possible before Java 21.
    }

    private JsonNode send(String method, String path, BodyPublisher body, String what) {
        List<URI> urls = settings.urls();
        Duration wait = settings.firstWait();
        for (int round = 0; ; round++) {
            Trouble last = null;
            int first = answering;
            for (int i = 0; i < urls.size(); i++) {
                int index = (first + i) % urls.size();
                try {
                    JsonNode answer = sendOnce(urls.get(index), method, path, body, what);
                    answering = index;
                    return answer;
                } catch (Trouble trouble) {
                    last = trouble;
                    LOG.warn("cannot {} at {}: {}", what, urls.get(index), trouble.getMessage());
                }
            }
            if (round == settings.retries()) {
                throw new RegistryUnavailableException(
                        "cannot " + what + ": asked " + urls + " " + (round + 1) + " times, in the end "
                                + last.getMessage(),
                        last.status,
                        last.getCause());
            }
            pause(wait);
            wait = shorter(wait.multipliedBy(2), settings.maxWait());
        }
    }

    private JsonNode sendOnce(URI base, String method, String path, BodyPublisher body, String what) throws Trouble {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(settings.readTimeout())
                .header("Accept", MEDIA_TYPE + ", application/json")
                .header("Content-Type", MEDIA_TYPE)
                .method(method, body);
        settings.authorization().ifPresent(value -> request.header("Authorization", value));
        HttpResponse<String> response;
        try {
            response = client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new Trouble(e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        int status = response.statusCode();
        if (status == 429 || status >= 500) {
            throw new Trouble(status, ("HTTP " + status + " " + quote(response.body())).strip());
        }
        JsonNode answer = parse(response.body());
        if (status / 100 != 2) {
            String said = answer.path("message").asText(quote(response.body()));
            int code = answer.path("error_code").asInt(0);
            throw new RegistryException(
                    "cannot " + what + " at " + base + ": HTTP " + status + (code == 0 ? "" : ", error " + code) + ", "
                            + said,
                    status,
                    code,
                    null);
        }
        return answer;
    }

    /** Whatever is no JSON, such as a proxy's error page, is taken as an answer that says nothing. */
    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    private static String quote(String body) {
        return body.length() <= LONGEST_QUOTE ? body : body.substring(0, LONGEST_QUOTE) + "...";
    }

    private static String reason(IOException e) {
        String said = e.getMessage() == null ? "" : ": " + e.getMessage();
        return e.getClass().getSimpleName() + said;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static void pause(Duration wait) {
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** One URL did not do; another one, or later the same, may. */
    private static final class Trouble extends Exception {
        private final int status;

        Trouble(int status, String message) {
            super(message, new IOException(message));
            this.status = status;
        }

        Trouble(IOException cause) {
            super(reason(cause), cause);
            status = 0;
        }
    }
}
