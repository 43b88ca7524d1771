package org.knockon.systemtests.feeds.senders;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.knockon.systemtests.ChildCommand;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;

/** Two systems on live topics, with the streams app and the feeds in processes of their own. */
final class WatchedHospital implements AutoCloseable {

    private static final String SYSTEMS = """
            {"key":"pas","value":{"name":"Patient administration","organisation":"ZZ9","kind":"APPLICATION","dependsOn":[],"monitoring":{"confirmAfterSeconds":2,"recoverAfterSeconds":2,"silenceAfterSeconds":20},"standard":null}}
            {"key":"lis","value":{"name":"Laboratory","organisation":"ZZ9","kind":"APPLICATION","dependsOn":[],"monitoring":{"confirmAfterSeconds":2,"recoverAfterSeconds":2,"silenceAfterSeconds":20},"standard":null}}
            """;
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final SharedSandbox.Place place;
    private final String prefix;
    private final Path folder;
    private final Path feeds;
    private final ChildCommand stream;
    private ChildCommand ingest;
    private JsonNode ready;

    /** @param feedsFile written into the folder; the secrets that it names must be there */
    WatchedHospital(SharedSandbox.Place place, Path folder, String feedsFile) throws IOException {
        this.place = place;
        this.folder = folder;
        this.prefix = place.prefix();
        this.feeds = Files.writeString(folder.resolve("feeds.yaml"), feedsFile);
        CommandRun.of(place, "topics", "create", "--prefix", prefix);
        CommandRun.withInput(place, SYSTEMS, "produce", "--topic", "systems", "--file", "-", "--prefix", prefix);
        stream = start(
                "stream",
                "stream",
                "--prefix",
                prefix,
                "--set",
                "state.dir=" + folder.resolve("state"),
                "--set",
                "http.port=0",
                "--set",
                "threads=1");
        try {
            stream.awaitLine(line -> line.startsWith("streams app "));
            startIngest();
        } catch (IOException | RuntimeException | AssertionError e) {
            close();
            throw e;
        }
    }

    /** Starts the feeds and waits until they are open, which takes longer after a kill: the lease has to end. */
    void startIngest() throws IOException {
        ingest = start("ingest", "ingest", "--feeds", feeds.toString(), "--output", "json", "--prefix", prefix);
        ready = CommandRun.parse(ingest.awaitLine(line -> line.startsWith("{\"http\":")));
    }

    void killIngest() {
        ingest.kill();
    }

    String ingestLog() throws IOException {
        return ingest.err();
    }

    /** Where to post to a feed. */
    String url(String feed) {
        for (JsonNode each : ready.get("feeds")) {
            if (each.get("name").textValue().equals(feed)) {
                return each.get("url").textValue();
            }
        }
        throw new AssertionError("no feed " + feed + " in " + ready);
    }

    /** Everything that was said of a system, oldest first. */
    List<JsonNode> observations(String systemId) {
        return values("system-health", systemId);
    }

    void awaitObservation(String systemId, Instant after, String status) {
        await(systemId + " " + status)
                .atMost(LONGEST)
                .until(() -> observations(systemId).stream()
                        .anyMatch(each -> at(each).isAfter(after)
                                && each.get("status").textValue().equals(status)));
    }

    /** Waits for a version of an outage of a system, and returns it. */
    JsonNode awaitOutage(String systemId, String what, Predicate<JsonNode> wanted) {
        List<JsonNode> found = new ArrayList<>();
        await(what).atMost(LONGEST).pollInterval(Duration.ofSeconds(1)).until(() -> {
            found.clear();
            values("outages", null).stream()
                    .filter(value -> value.get("systemId").textValue().equals(systemId))
                    .filter(wanted)
                    .forEach(found::add);
            return !found.isEmpty();
        });
        return found.get(found.size() - 1);
    }

    static Instant at(JsonNode observation) {
        return Instant.parse(observation.get("observedAt").textValue());
    }

    private List<JsonNode> values(String topic, String key) {
        return CommandRun.of(place, "consume", "--topic", topic, "--from-beginning", "--until-end", "--prefix", prefix)
                .json()
                .stream()
                .filter(record -> key == null || key.equals(record.get("key").textValue()))
                .map(record -> record.get("value"))
                .filter(value -> value != null && !value.isNull())
                .toList();
    }

    private ChildCommand start(String name, String... arguments) throws IOException {
        return ChildCommand.start(
                Files.createDirectories(folder.resolve(name)),
                Stream.concat(Arrays.stream(arguments), Stream.of(place.arguments()))
                        .toArray(String[]::new));
    }

    @Override
    public void close() {
        if (ingest != null) {
            ingest.close();
        }
        stream.close();
    }
}
