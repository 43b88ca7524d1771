package org.knockon.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Requests as a Confluent client sends them. */
final class SchemaCalls {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private SchemaCalls() {}

    /** Registers a record schema without fields and returns the response: {@code {"id":1}}. */
    static String register(Sandbox sandbox, String subject, String record) throws IOException, InterruptedException {
        String body =
                "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"" + record + "\\\",\\\"fields\\\":[]}\"}";
        return send(
                HttpRequest.newBuilder(URI.create(sandbox.schemaRegistryUrl() + "/subjects/" + subject + "/versions"))
                        .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    static String get(Sandbox sandbox, String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(sandbox.schemaRegistryUrl() + path))
                .build());
    }

    private static String send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        return response.statusCode() == 200 ? response.body() : response.statusCode() + " " + response.body();
    }
}
