package org.knockon.containertests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.StreamSupport;

/** The HTTP API of a Prometheus server. */
final class Prometheus {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI api;

    Prometheus(int port) {
        api = URI.create("http://127.0.0.1:" + port + "/api/v1/");
    }

    /** Returns the current value of each series, without those that are not a number. */
    List<Double> values(String query) {
        return StreamSupport.stream(
                        get("query?query=" + URLEncoder.encode(query, UTF_8))
                                .get("result")
                                .spliterator(),
                        false)
                .map(series -> Double.parseDouble(
                        series.get("value").get(1).textValue().replace("Inf", "Infinity")))
                .filter(value -> !value.isNaN())
                .toList();
    }

    /** Returns name and health of each loaded alert rule: {@code KnockonDown ok}. */
    List<String> rules() {
        return get("rules?type=alert").findValues("rules").stream()
                .flatMap(rules -> StreamSupport.stream(rules.spliterator(), false))
                .map(rule ->
                        rule.get("name").textValue() + " " + rule.get("health").textValue())
                .toList();
    }

    private JsonNode get(String path) {
        try {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(api.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return KnockonCommand.parse(response.body()).get("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
