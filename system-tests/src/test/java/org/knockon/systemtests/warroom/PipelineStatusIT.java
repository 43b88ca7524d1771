package org.knockon.systemtests.warroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.schemas.Topics;
import org.knockon.streams.app.KnockonStreams;
import org.knockon.streams.app.StreamsAppSettings;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;
import org.knockon.warroom.WarRoomSettings;
import org.knockon.warroom.feed.BoardUpdater;
import org.knockon.warroom.feed.PipelineStatus.State;

/** The war room sees from `input-progress` alone whether the pipeline runs. */
@ExtendWith(SharedSandbox.class)
@Timeout(240)
class PipelineStatusIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void seesThePipelineStartAndStopWithoutTheTopicOfAppointments(SharedSandbox.Place place) throws Exception {
        String prefix = place.prefix();
        assertThat(CommandRun.of(place, "topics", "create", "--prefix", prefix).exitCode())
                .isZero();
        Map<String, Object> client =
                Map.of("bootstrap.servers", place.bootstrapServers(), "schema.registry.url", place.schemaRegistryUrl());
        StreamsAppSettings settings = StreamsAppSettings.parse(
                Map.of("prefix", prefix, "state.dir", folder.toString(), "http.port", "-1"), client);
        WarRoomSettings warRoom =
                new WarRoomSettings(client, prefix, ZoneId.of("Europe/London"), "127.0.0.1", 0, Optional.empty());
        try (BoardUpdater board = BoardUpdater.start(warRoom, System::currentTimeMillis)) {
            await().atMost(PATIENCE).until(() -> board.pipeline().state() == State.STOPPED);
            try (KnockonStreams app = KnockonStreams.start(settings)) {
                await().atMost(PATIENCE).until(() -> board.pipeline().state() == State.RUNNING);
                assertThat(app.awaitIdle(PATIENCE)).isTrue();
                await().atMost(PATIENCE).until(() -> board.pipeline().behindSeconds() == 0);
            }
            await().atMost(PATIENCE).until(() -> board.pipeline().state() == State.STOPPED);
            assertThat(board.pipeline().behindSeconds()).isBetween(15L, 60L);
        }
        try (Admin admin = Admin.create(new HashMap<>(client))) {
            admin.deleteTopics(List.of(Topics.APPOINTMENTS.name(prefix))).all().get();
        }
        // What it must not use is not there.
        try (BoardUpdater board = BoardUpdater.start(warRoom, System::currentTimeMillis)) {
            await().atMost(PATIENCE).until(board::caughtUp);
            await().atMost(PATIENCE).until(() -> board.pipeline().state() == State.STOPPED);
        }
    }
}
