package org.knockon.benchmarks.wholetrust;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.OptionalDouble;

/** Reads what the app tells Prometheus. */
final class PollGap {

    private static final String POLL_GAP = "kafka_consumer_time_between_poll_max";

    private PollGap() {}

    /** Longest time between two polls of any stream thread in the last half minute, milliseconds. */
    static double longestPollGap(int port) throws IOException, InterruptedException {
        HttpResponse<String> page = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        OptionalDouble longest = Arrays.stream(page.body().split("\n"))
                .filter(line -> line.startsWith(POLL_GAP))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .filter(value -> !Double.isNaN(value))
                .max();
        return longest.orElseThrow(() -> new IllegalStateException("the app does not tell " + POLL_GAP));
    }
}
