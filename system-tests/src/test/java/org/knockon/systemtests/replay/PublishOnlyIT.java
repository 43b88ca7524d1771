package org.knockon.systemtests.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.producers.generate.ScenarioEvents;
import org.knockon.producers.scenario.ScenarioCatalogue;
import org.knockon.producers.source.ReplayEvent;
import org.knockon.systemtests.BackgroundCommand;
import org.knockon.systemtests.ChildCommand;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;

/** A scenario for a streams app that runs elsewhere: started by the printed command, fed, and compared afterwards. */
@ExtendWith(SharedSandbox.class)
@Timeout(300)
class PublishOnlyIT {

    private static final String SCENARIO = "pas-outage-demo";

    @TempDir
    private Path folder;

    @Test
    void anAppWithThePrintedSettingsCountsWhatTheOracleExpects(SharedSandbox.Place place) throws Exception {
        String prefix = place.prefix();
        createTopics(place, prefix);
        try (BackgroundCommand publish = publish(place, prefix, "--wait", "PT2M")) {
            String printed = publish.awaitLine(line -> line.startsWith("  knockon stream "));
            publish.awaitLine(line -> line.startsWith("waiting for an app that reads " + topics(prefix) + "*"));
            try (ChildCommand stream = start("stream", words(Stream.of(streaming(printed)), place.arguments()))) {
                assertThat(publish.awaitLine(line -> line.startsWith("published ")))
                        .matches("published 1,\\d{3} events to " + topics(prefix) + "\\*");
                assertThat(publish.awaitExit()).isZero();

                CommandRun verify = verify(place, prefix);
                assertThat(verify.exitCode()).as(verify.toString()).isZero();
                assertThat(verify.out()).contains("equal the batch oracle").doesNotContain("could not be processed");

                stream.interrupt();
                assertThat(stream.awaitExit(90)).isEqualTo(130);
            }
        }
        long unconfirmed = addOneToTheOutpatients(place, topics(prefix));
        CommandRun tampered = verify(place, prefix, "--wait", "1", "--output", "json");
        assertThat(tampered.exitCode()).isEqualTo(1);
        assertThat(tampered.json()).singleElement().satisfies(json -> {
            assertThat(json.get("topicPrefix").textValue()).isEqualTo(topics(prefix));
            assertThat(json.get("deadLetters").intValue()).isZero();
            assertThat(json.get("verification").get("differences"))
                    .singleElement()
                    .asString()
                    .contains("counts of CATEGORY|OUTPATIENT: unconfirmed expected " + unconfirmed + ", found "
                            + (unconfirmed + 1));
        });
    }

    @Test
    void anInterruptedReplayIsIncompleteUntilItIsContinued(SharedSandbox.Place place) throws Exception {
        String prefix = place.prefix();
        createTopics(place, prefix);
        String[] slow = publishing(prefix, "--wait", "PT2M", "--speed", "600x");
        try (ChildCommand publish = start("publish", words(Stream.of(slow), place.arguments()))) {
            String printed = publish.awaitLine(line -> line.startsWith("  knockon stream "));
            try (BackgroundCommand stream = stream(place, printed)) {
                publish.awaitLine(line -> line.contains("% of 1,") && !line.contains(" 0% of"));
                publish.interrupt();
                assertThat(publish.awaitExit(60)).isEqualTo(130);
                assertThat(publish.err()).doesNotContain("knockon:");

                CommandRun incomplete = verify(place, prefix);
                assertThat(incomplete.exitCode()).as(incomplete.toString()).isEqualTo(1);
                assertThat(incomplete.err())
                        .containsPattern("run 'drill' has published [1-9][0-9,]* of 1,\\d{3} events; wait until");

                CommandRun rest = CommandRun.of(place, publishing(prefix, "--output", "json"));
                assertThat(rest.exitCode()).as(rest.toString()).isZero();
                JsonNode summary = rest.json().get(0);
                assertThat(summary.get("events").intValue()).isGreaterThan(1_000);
                assertThat(summary.get("synthetic").textValue()).startsWith("Everything here is invented");
                assertThat(summary.get("settings").get("replay.from").textValue())
                        .isEqualTo("2025-03-12T00:00:00Z");
                CommandRun verify = verify(place, prefix);
                assertThat(verify.exitCode()).as(verify.toString()).isZero();
                stopInOrder(stream);
            }
        }
    }

    @Test
    void publishesNothingIfNoAppReadsTheRun(SharedSandbox.Place place) {
        String prefix = place.prefix();
        createTopics(place, prefix);

        CommandRun publish = CommandRun.of(place, publishing(prefix, "--wait", "2"));

        assertThat(publish.exitCode()).as(publish.toString()).isEqualTo(3);
        assertThat(publish.err())
                .startsWith("knockon: no app reads " + topics(prefix) + "* after 2 s: group " + topics(prefix)
                        + "streams does not exist; nothing was published.");
        assertThat(recordsOfSystems(place, prefix)).isEmpty();
    }

    @Test
    void anAppThatReadsOtherTopicsIsNotEnough(SharedSandbox.Place place) {
        String prefix = place.prefix();
        createTopics(place, prefix);
        String live = place.prefix();
        CommandRun.of(place, "topics", "create", "--prefix", live);
        try (KafkaConsumer<byte[], byte[]> other = new KafkaConsumer<>(
                Map.of("bootstrap.servers", place.bootstrapServers(), "group.id", topics(prefix) + "streams"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            other.subscribe(List.of(live + "systems"));
            while (other.assignment().isEmpty()) {
                other.poll(Duration.ofMillis(100));
            }

            CommandRun publish = CommandRun.of(place, publishing(prefix, "--wait", "2"));

            assertThat(publish.exitCode()).as(publish.toString()).isEqualTo(3);
            assertThat(publish.err()).contains("streams reads other topics; nothing was published.");
        }
        assertThat(recordsOfSystems(place, prefix)).isEmpty();
    }

    @Test
    void namesMissingTopicsWithTheCommandThatCreatesThem(SharedSandbox.Place place) {
        String prefix = place.prefix();

        CommandRun publish = CommandRun.of(place, publishing(prefix));

        assertThat(publish.exitCode()).isEqualTo(3);
        assertThat(publish.err())
                .contains("missing topics: " + topics(prefix) + "systems")
                .contains("knockon topics create --replay --prefix " + topics(prefix));
    }

    /** All but the last events are past and published at once; the last ones are published when their time comes. */
    @Test
    void aShiftedScenarioIsCountedByAnAppWithALiveClock(SharedSandbox.Place place) throws Exception {
        String prefix = place.prefix();
        createTopics(place, prefix);
        ScenarioEvents events = ScenarioEvents.of(ScenarioCatalogue.load(SCENARIO));
        long lastArrival =
                events.stream().mapToLong(ReplayEvent::arrivesAt).max().orElseThrow() - events.from();
        Instant end = Instant.now().plusSeconds(20).truncatedTo(ChronoUnit.SECONDS);
        String start = end.minusMillis(lastArrival).toString();
        try (BackgroundCommand publish = publish(place, prefix, "--wait", "PT2M", "--shift-to", start)) {
            String printed = publish.awaitLine(line -> line.startsWith("  knockon stream "));
            assertThat(printed).contains("clock=live").doesNotContain("replay.from");
            try (BackgroundCommand stream = stream(place, printed)) {
                publish.awaitLine(line -> line.startsWith("published "));
                assertThat(Instant.now())
                        .as("the last event is published when its time comes")
                        .isAfterOrEqualTo(end);
                assertThat(publish.awaitExit()).isZero();

                CommandRun verify = verify(place, prefix, "--shift-to", start, "--wait", "PT2M");
                assertThat(verify.exitCode()).as(verify.toString()).isZero();
                assertThat(verify.out()).contains("equal the batch oracle").doesNotContain("could not be processed");

                CommandRun unshifted = verify(place, prefix);
                assertThat(unshifted.exitCode()).isEqualTo(1);
                assertThat(unshifted.err()).contains("events of this scenario shifted to " + start);
                stopInOrder(stream);
            }
        }
        assertThat(recordsOfSystems(place, prefix)).isNotEmpty().allSatisfy(record -> {
            assertThat(record.get("timestamp").textValue()).isEqualTo(start);
            assertThat(record.get("headers").get("exercise").textValue()).isEqualTo("drill");
        });
    }

    private static String topics(String prefix) {
        return prefix + "replay.drill.";
    }

    private static void createTopics(SharedSandbox.Place place, String prefix) {
        CommandRun create = CommandRun.of(place, "topics", "create", "--replay", "--prefix", topics(prefix));
        assertThat(create.exitCode()).as(create.toString()).isZero();
    }

    private static String[] publishing(String prefix, String... more) {
        return words(Stream.of("replay", SCENARIO, "--publish-only", "--run", "drill", "--prefix", prefix), more);
    }

    private static BackgroundCommand publish(SharedSandbox.Place place, String prefix, String... more) {
        return BackgroundCommand.start(place.arguments(), publishing(prefix, more));
    }

    private BackgroundCommand stream(SharedSandbox.Place place, String printed) throws IOException {
        return BackgroundCommand.start(place.arguments(), streaming(printed));
    }

    /** @param printed the line with which the replay says how to start the app */
    private String[] streaming(String printed) throws IOException {
        String call = printed.strip().replaceFirst("knockon ", "") + " --set http.port=-1 --set state.dir="
                + Files.createTempDirectory(folder, "state");
        return call.split(" ");
    }

    private ChildCommand start(String name, String... arguments) throws IOException {
        return ChildCommand.start(Files.createTempDirectory(folder, name), arguments);
    }

    private static void stopInOrder(BackgroundCommand stream) throws InterruptedException {
        stream.interrupt();
        assertThat(stream.awaitExit()).isEqualTo(130);
    }

    private static CommandRun verify(SharedSandbox.Place place, String prefix, String... more) {
        return CommandRun.of(
                place, words(Stream.of("verify", "--scenario", SCENARIO, "--run", "drill", "--prefix", prefix), more));
    }

    private static long addOneToTheOutpatients(SharedSandbox.Place place, String topics) {
        JsonNode record = consume(place, topics, "impact-counts").stream()
                .filter(line -> line.get("key").textValue().equals("CATEGORY|OUTPATIENT"))
                .reduce((earlier, later) -> later)
                .orElseThrow();
        long unconfirmed = record.get("value").get("unconfirmed").longValue();
        String forged =
                record.toString().replace("\"unconfirmed\":" + unconfirmed, "\"unconfirmed\":" + (unconfirmed + 1));
        String[] produce = {"produce", "--topic", "impact-counts", "--file", "-", "--prefix", topics};
        assertThat(CommandRun.withInput(place, forged, produce).exitCode()).isZero();
        return unconfirmed;
    }

    private static List<JsonNode> recordsOfSystems(SharedSandbox.Place place, String prefix) {
        return consume(place, topics(prefix), "systems");
    }

    private static List<JsonNode> consume(SharedSandbox.Place place, String topics, String topic) {
        return CommandRun.of(place, "consume", "--topic", topic, "--from-beginning", "--until-end", "--prefix", topics)
                .json();
    }

    private static String[] words(Stream<String> first, String... more) {
        return Stream.concat(first, Stream.of(more)).toArray(String[]::new);
    }
}
