package org.knockon.benchmarks.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knockon.samples.PlantedSecrets;

/** Compares what the senders saw with what the feeds counted and with the topics. */
final class FuzzChecks {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_PRINTED = 5;

    private final Tally tally;
    private final TopicFindings topics;
    private final List<String> problems = new ArrayList<>();

    private FuzzChecks(Tally tally, TopicFindings topics) {
        this.tally = tally;
        this.topics = topics;
    }

    /** @return what is wrong, one line each */
    static List<String> problems(Tally tally, TopicFindings topics, HttpSender http, long inputs, Path log)
            throws IOException, InterruptedException {
        FuzzChecks checks = new FuzzChecks(tally, topics);
        String feeds = http.read("/feeds");
        checks.counts(JSON.readTree(feeds).path("feeds"));
        checks.records();
        checks.some(topics.leaks());
        checks.leak("/feeds", feeds);
        checks.leak("/metrics", http.read("/metrics"));
        for (long index = 0; index < inputs; index += Math.max(1, inputs / 500)) {
            checks.leak("/feeds/pas/messages", http.read("/feeds/pas/messages?controlId=F" + index));
        }
        checks.log(log);
        return checks.problems;
    }

    private void counts(JsonNode feeds) {
        for (JsonNode feed : feeds) {
            String name = feed.path("name").asText();
            JsonNode outcomes = feed.path("outcomes");
            long published = outcomes.path("published").asLong();
            long refused = outcomes.path("refused").asLong();
            long events = topics.events(name);
            // An answer that came too late for the sender: its records may be there.
            long late = tally.unavailable(name) + outcomes.path("unavailable").asLong();
            boolean several = FuzzFeeds.MONITORS.contains(name);
            if (events < published || !several && events > published + late) {
                problems.add(name + ": " + published + " published, but " + events + " records");
            }
            if (topics.refusals(name) < refused || topics.refusals(name) > refused + late) {
                problems.add(name + ": " + refused + " refused, but " + topics.refusals(name) + " records of refusals");
            }
            if (FuzzFeeds.HL7.contains(name)) {
                long accepted = published
                        + outcomes.path("duplicate").asLong()
                        + outcomes.path("ignored").asLong()
                        + (name.equals("odd") ? refused : 0);
                if (Math.abs(tally.positive(name) - accepted) > late) {
                    problems.add(
                            name + ": " + accepted + " accepted, but " + tally.positive(name) + " positive answers");
                }
            }
        }
    }

    private void records() {
        some(tally.published().stream()
                .filter(id -> !topics.hasId(id.split(" ")[0], id.split(" ")[1]))
                .map(id -> "answered as published, but no record: " + id)
                .toList());
        some(tally.created().stream()
                .filter(id -> !topics.hasAppointment(id))
                .map(id -> "answered as created, but no record: " + id)
                .toList());
    }

    private void log(Path log) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(log)) {
            for (String line = lines.readLine(); line != null && problems.size() < 50; line = lines.readLine()) {
                leak("the log", line);
                if (line.contains(" ERROR ") || line.contains("Exception")) {
                    problems.add("the log has an error: " + line);
                }
            }
        }
    }

    private void leak(String where, String text) {
        PlantedSecrets.in(text)
                .ifPresent(secret -> problems.add(where + " holds " + secret
                        + PlantedSecrets.numberIn(text)
                                .map(number -> " of input " + number)
                                .orElse("")));
    }

    private void some(List<String> found) {
        problems.addAll(found.subList(0, Math.min(MOST_PRINTED, found.size())));
        if (found.size() > MOST_PRINTED) {
            problems.add("and " + (found.size() - MOST_PRINTED) + " more of this kind");
        }
    }
}
