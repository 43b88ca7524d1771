package org.knockon.cli.replay;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.knockon.cli.settings.Settings;
import org.knockon.cli.warroom.AccessOptions;
import org.knockon.producers.replay.ReplaySettings;
import org.knockon.producers.replay.ReplaySpeed;
import org.knockon.producers.source.ReplaySource;
import org.knockon.schemas.admin.TopicOptions;
import org.knockon.streams.app.StreamsAppSettings;

/**
 * What to replay, and how.
 *
 * @param run name of this replay, part of every topic name
 * @param settings settings of the user; the replay uses a sandbox unless they name a broker
 * @param verify whether to compare the results with the batch oracle
 * @param keep whether to leave everything running at the end
 * @param folder data folder of the sandbox and the stores; empty for temporary folders
 * @param registryArchive file with the registry's program for the sandbox; empty to download it
 * @param warRoom whether to serve the wall display during the replay
 * @param endpoint address of the wall display and access to it
 * @param shiftTo where to move the start of the scenario, for an app with a live clock; empty to replay it in the past
 */
record ReplayPlan(
        ReplayContent content,
        String run,
        ReplaySpeed speed,
        Settings settings,
        TopicOptions topics,
        boolean verify,
        boolean keep,
        Optional<Path> folder,
        Optional<Path> registryArchive,
        WarRoomMode warRoom,
        AccessOptions.Endpoint endpoint,
        Optional<Instant> shiftTo) {

    /** Whether to serve a wall display, and whether to open it in a browser. */
    enum WarRoomMode {
        NONE,
        SERVED,
        OPENED
    }

    boolean inSandbox() {
        return !settings.namesBroker();
    }

    /** Prefix of this replay's topics. */
    String topicPrefix() {
        return replaySettings(settings).topicPrefix();
    }

    /** First instant of the window, epoch milliseconds. */
    long from() {
        return shiftTo.map(Instant::toEpochMilli).orElse(content.from());
    }

    /** First instant after the window, epoch milliseconds. */
    long to() {
        return from() + content.to() - content.from();
    }

    /** Computes the events; takes seconds for a large scenario. */
    ReplaySource events() {
        return content.events().apply(shiftTo);
    }

    /** The settings of the streams app that belong to this run. */
    RunSettings runSettings() {
        Map<String, String> users = settings.ours();
        if (content.recording()) {
            users.putIfAbsent(RunSettings.GRACE, RunSettings.GRACE_OF_A_RECORDING);
        }
        return shiftTo.isPresent()
                ? RunSettings.live(topicPrefix(), users)
                : RunSettings.replay(topicPrefix(), from(), to(), users);
    }

    /** @param connected settings with a broker and a registry */
    ReplaySettings replaySettings(Settings connected) {
        ReplaySettings defaults = ReplaySettings.of(run, speed, connected.client());
        return new ReplaySettings(run, connected.prefix(), speed, defaults.commitEvery(), connected.client());
    }

    /** @param connected settings with a broker and a registry */
    StreamsAppSettings appSettings(Settings connected, Path stateDir) {
        Map<String, String> ours = runSettings().over(connected.ours());
        ours.put("state.dir", stateDir.toString());
        ours.putIfAbsent("http.port", "-1");
        return StreamsAppSettings.parse(ours, paced(connected.client()));
    }

    /** Commits less often at full speed: frequent commits take a third of the time, and no one needs results ten times a second. */
    private Map<String, Object> paced(Map<String, Object> client) {
        Map<String, Object> paced = new HashMap<>(client);
        if (speed.equals(ReplaySpeed.MAX)) {
            paced.putIfAbsent(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "400");
            paced.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, "50");
        }
        return paced;
    }
}
