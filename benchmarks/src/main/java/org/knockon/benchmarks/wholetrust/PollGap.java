package org.knockon.benchmarks.wholetrust;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;

/** Reads the longest gap between two polls from the app's Prometheus metrics. */
final class PollGap {

    private static final String METRIC = "kafka_consumer_time_between_poll_max";

    private PollGap() {}

    /** Longest time between two polls of any stream thread in the last half minute, milliseconds. */
    static double longestMillis(int port) throws IOException, InterruptedException {
        HttpResponse<String> page = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return Arrays.stream(page.body().split("\n"))
                .filter(line -> line.startsWith(METRIC))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElseThrow(() -> new IllegalStateException("the app does not publish the metric " + METRIC));
    }
}
