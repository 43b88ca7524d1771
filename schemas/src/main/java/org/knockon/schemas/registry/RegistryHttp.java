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
import java.util.function.Function;
import org.apache.kafka.common.errors.InterruptException;
import org.knockon.schemas.network.UntrustedCertificateException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests to the registry's URLs in turn. An attempt fails without a connection, without a response in time, or
 * with 429 or 5xx: then the next URL is tried at once, and after all of them a pause and another round. Any other
 * response is final.
 */
final class RegistryHttp {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryHttp.class);
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TRUSTED_CERTIFICATES = "schema.registry.ssl.truststore.location";
    private static final int LONGEST_QUOTE = 500;

    private final RegistrySettings settings;
    private final HttpClient client;
    /** Index of the URL that responded last; the next request starts there. */
    private volatile int responding;

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
        // The JDK's client ends with its last reference; it has no close method before Java 21.
    }

    private JsonNode send(String method, String path, BodyPublisher body, String what) {
        List<URI> urls = settings.urls();
        Duration wait = settings.firstWait();
        for (int round = 0; ; round++) {
            FailedAttempt last = null;
            int first = responding;
            for (int i = 0; i < urls.size(); i++) {
                int index = (first + i) % urls.size();
                try {
                    JsonNode response = sendOnce(urls.get(index), method, path, body, what);
                    responding = index;
                    return response;
                } catch (FailedAttempt failed) {
                    last = failed;
                    LOG.warn("cannot {} at {}: {}", what, urls.get(index), failed.getMessage());
                }
            }
            if (round == settings.retries()) {
                throw new RegistryUnavailableException(
                        "cannot " + what + ": tried " + urls + " " + (round + 1) + " times, last error: "
                                + last.getMessage(),
                        last.status,
                        last.getCause());
            }
            pause(wait);
            wait = shorter(wait.multipliedBy(2), settings.maxWait());
        }
    }

    private JsonNode sendOnce(URI base, String method, String path, BodyPublisher body, String what)
            throws FailedAttempt {
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
            throw new FailedAttempt(UntrustedCertificateException.explain(e, base.getAuthority(), TRUSTED_CERTIFICATES)
                    .<IOException>map(Function.identity())
                    .orElse(e));
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        int status = response.statusCode();
        JsonNode parsed = parse(response.body());
        if (status == 429 || status >= 500) {
            throw new FailedAttempt(status, refusal(status, parsed));
        }
        if (status / 100 != 2) {
            String refusal = refusal(status, parsed);
            boolean logIn = status == 401 || status == 403;
            throw new RegistryException(
                    "cannot " + what
                            + (logIn
                                    ? ": user or password refused by the registry at " + base + " (" + refusal + ")"
                                    : " at " + base + ": " + refusal),
                    status,
                    parsed.path("error_code").asInt(0),
                    null);
        }
        return parsed;
    }

    /** In one line. Quotes the registry's own message, but never the page of a proxy. */
    private static String refusal(int status, JsonNode response) {
        int code = response.path("error_code").asInt(0);
        String message = response.path("message")
                .asText("")
                .replaceAll("[\\s\\p{Cntrl}]+", " ")
                .strip();
        return "HTTP " + status + (code == 0 ? "" : ", error " + code)
                + (message.isEmpty() ? "" : ", " + shortened(message));
    }

    /** A response that is not JSON, such as the error page of a proxy, counts as empty. */
    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
    }

    private static String reason(IOException e) {
        if (e instanceof UntrustedCertificateException) {
            return e.getMessage();
        }
        String message = e.getMessage() == null ? "" : ": " + e.getMessage();
        return e.getClass().getSimpleName() + message;
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

    /** One attempt at one URL failed; a retry may succeed. */
    private static final class FailedAttempt extends Exception {
        private final int status;

        FailedAttempt(int status, String message) {
            super(message, new IOException(message));
            this.status = status;
        }

        FailedAttempt(IOException cause) {
            super(reason(cause), cause);
            status = 0;
        }
    }
}
