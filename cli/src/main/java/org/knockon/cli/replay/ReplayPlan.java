package org.knockon.cli.replay;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.knockon.cli.settings.Settings;
import org.knockon.cli.warroom.AccessOptions;
import org.knockon.producers.replay.ReplaySettings;
import org.knockon.producers.replay.ReplaySpeed;
import org.knockon.producers.scenario.Scenario;
import org.knockon.schemas.admin.TopicOptions;
import org.knockon.streams.app.StreamsAppSettings;

/**
 * What is to be replayed, and how.
 *
 * @param run name of this replay: part of every topic's name
 * @param settings as given; broker and registry are those of the sandbox unless they name a broker
 * @param verify whether to compare with the batch oracle
 * @param keep whether to leave everything running at the end
 * @param folder where the sandbox and the stores keep their data; empty for temporary folders
 * @param warRoom whether to serve the wall display meanwhile
 * @param place where and to whom
 */
record ReplayPlan(
        Scenario scenario,
        String run,
        ReplaySpeed speed,
        Settings settings,
        TopicOptions topics,
        boolean verify,
        boolean keep,
        Optional<Path> folder,
        WarRoomWish warRoom,
        AccessOptions.Place place) {

    /** Whether there is to be a wall display, and whether to open it in a browser. */
    enum WarRoomWish {
        NONE,
        SERVED,
        OPENED
    }

    /** What the replay itself decides; these belong to the live app and would mix the exercise with it. */
    private static final List<String> DECIDED_HERE =
            List.of("prefix", "application.id", "clock", "replay.from", "replay.until", "state.dir");

    boolean inSandbox() {
        return !settings.namesBroker();
    }

    /** Prefix of the replay's own topics. */
    String topicPrefix() {
        return replaySettings(settings).topicPrefix();
    }

    /** @param connected with broker and registry */
    ReplaySettings replaySettings(Settings connected) {
        ReplaySettings usual = ReplaySettings.of(run, speed, connected.client());
        return new ReplaySettings(run, connected.prefix(), speed, usual.commitEvery(), connected.client());
    }

    /** @param connected with broker and registry */
    StreamsAppSettings appSettings(Settings connected, Path stateDir) {
        Map<String, String> ours = new HashMap<>(connected.ours());
        ours.keySet().removeAll(DECIDED_HERE);
        ours.put("prefix", topicPrefix());
        ours.put("clock", "replay");
        ours.put("replay.from", Instant.ofEpochMilli(scenario.from()).toString());
        ours.put("replay.until", Instant.ofEpochMilli(scenario.to()).toString());
        ours.put("state.dir", stateDir.toString());
        ours.putIfAbsent("http.port", "-1");
        // On a busy machine the catalogue may be long on its way, and a scenario names nothing that is not in it.
        ours.putIfAbsent("catalogue.grace", "PT10M");
        return StreamsAppSettings.parse(ours, paced(connected.client()));
    }

    /** Nobody reads along to the tenth of a second at full speed, and a third of the time goes into commits when they are that many. */
    private Map<String, Object> paced(Map<String, Object> client) {
        Map<String, Object> paced = new HashMap<>(client);
        if (speed.equals(ReplaySpeed.MAX)) {
            paced.putIfAbsent(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "400");
            paced.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, "50");
        }
        return paced;
    }
}
