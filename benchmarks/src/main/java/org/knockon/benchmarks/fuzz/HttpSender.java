package org.knockon.benchmarks.fuzz;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.knockon.samples.PlantedSecrets;
import org.knockon.samples.Sample;

/** Sends requests to feeds, and asks for what people may read. Thread-safe. */
final class HttpSender {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);
    private static final int UNAVAILABLE = 503;
    /** Below what a feed handles at once, so that a busy feed is no reason for 503. */
    private static final int MOST_OF_FEED = 14;

    private final URI http;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Map<String, Semaphore> free = new ConcurrentHashMap<>();

    HttpSender(URI http) {
        this.http = http;
    }

    Reply send(FuzzInput input) throws InterruptedException {
        Semaphore ofFeed = free.computeIfAbsent(input.message().feed(), feed -> new Semaphore(MOST_OF_FEED));
        ofFeed.acquire();
        try {
            return exchange(input);
        } finally {
            ofFeed.release();
        }
    }

    private Reply exchange(FuzzInput input) throws InterruptedException {
        Sample message = input.message();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(http + "/feeds/" + message.feed() + message.path()))
                .timeout(ANSWER_WITHIN)
                .method(message.method(), HttpRequest.BodyPublishers.ofByteArray(message.body()));
        message.headers().forEach(request::setHeader);
        try {
            return reply(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (HttpTimeoutException e) {
            return Reply.wrong("no answer");
        } catch (IOException e) {
            return Reply.wrong("the connection ended: " + e);
        }
    }

    private static Reply reply(HttpResponse<String> response) {
        Optional<String> secret = PlantedSecrets.in(response.body() + response.headers());
        if (secret.isPresent()) {
            return Reply.wrong("the answer holds " + secret.get());
        }
        if (response.statusCode() == UNAVAILABLE) {
            return new Reply(Optional.empty(), 0, true, false, "");
        }
        if (response.statusCode() >= 500) {
            return Reply.wrong("status " + response.statusCode());
        }
        boolean positive = response.statusCode() < 300;
        return new Reply(
                Optional.empty(),
                positive ? 1 : 0,
                false,
                positive && response.body().contains("\"outcome\":\"published\""),
                response.statusCode() == 201
                        ? response.headers().firstValue("Location").orElse("")
                        : "");
    }

    /** The body of a page that must be there. */
    String read(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(URI.create(http + path))
                        .timeout(ANSWER_WITHIN)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(path + " answered with status " + response.statusCode());
        }
        return response.body();
    }
}
