package org.knockon.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.cli.settings.ConnectionOptions;
import org.knockon.cli.settings.Settings;
import org.knockon.cli.warroom.AccessOptions;
import org.knockon.producers.replay.ReplaySpeed;
import org.knockon.schemas.admin.TopicOptions;
import org.knockon.streams.app.StreamsAppSettings;
import org.knockon.streams.settings.ClockMode;
import picocli.CommandLine;

/** The app of a replay and a deployed app work by the same settings. */
class RunSettingsTest {

    @TempDir
    private Path folder;

    @Test
    void theFileForADeployedAppGivesTheSettingsOfTheReplaysOwn() throws Exception {
        ReplayPlan plan = plan(Optional.empty(), Map.of("horizon.ms", "3600000", "application.id", "knockon.streams"));

        StreamsAppSettings own = plan.appSettings(plan.settings(), folder);
        StreamsAppSettings deployed = deployed(plan, "knockon.horizon.ms=3600000\n");

        assertThat(deployed.pipeline()).isEqualTo(own.pipeline());
        assertThat(deployed.applicationId()).isEqualTo(own.applicationId()).isEqualTo("knockon.replay.drill.streams");
        assertThat(own.pipeline().clock())
                .isEqualTo(new ClockMode.Replay(
                        plan.content().from(), plan.content().to()));
        assertThat(own.pipeline().catalogueGraceMs()).isEqualTo(600_000);
    }

    @Test
    void theUsersGraceAppliesToBoth() throws Exception {
        ReplayPlan plan = plan(Optional.empty(), Map.of("catalogue.grace.ms", "1234"));

        assertThat(plan.appSettings(plan.settings(), folder).pipeline().catalogueGraceMs())
                .isEqualTo(1234);
        assertThat(deployed(plan, "").pipeline().catalogueGraceMs()).isEqualTo(1234);
    }

    @Test
    void aShiftedScenarioIsForALiveClock() throws Exception {
        Instant start = Instant.parse("2026-11-30T12:00:00Z");
        ReplayPlan plan = plan(Optional.of(start), Map.of());

        assertThat(deployed(plan, "").pipeline().clock()).isInstanceOf(ClockMode.Live.class);
        assertThat(plan.runSettings().values()).doesNotContainKeys("replay.from", "replay.until");
        assertThat(plan.from()).isEqualTo(start.toEpochMilli());
        assertThat(plan.events().from()).isEqualTo(start.toEpochMilli());
        assertThat(plan.events().to()).isEqualTo(plan.to());
    }

    @Test
    void theCommandHasTheSameSettingsAsTheFile() {
        RunSettings settings = plan(Optional.empty(), Map.of()).runSettings();

        assertThat(settings.streamCommand())
                .isEqualTo(
                        "knockon stream --prefix knockon.replay.drill. --set application.id=knockon.replay.drill.streams"
                                + " --set clock=replay --set replay.from=2025-03-12T00:00:00Z"
                                + " --set replay.until=2025-03-13T00:00:00Z --set catalogue.grace.ms=600000");
        assertThat(settings.properties())
                .containsExactly(
                        "knockon.prefix=knockon.replay.drill.",
                        "knockon.application.id=knockon.replay.drill.streams",
                        "knockon.clock=replay",
                        "knockon.replay.from=2025-03-12T00:00:00Z",
                        "knockon.replay.until=2025-03-13T00:00:00Z",
                        "knockon.catalogue.grace.ms=600000");
    }

    private StreamsAppSettings deployed(ReplayPlan plan, String more) throws Exception {
        Path file = Files.writeString(
                folder.resolve("run.properties"),
                String.join("\n", plan.runSettings().properties()) + "\n" + more);
        Settings settings = CommandLine.populateCommand(new ConnectionOptions(), "--command-config", file.toString())
                .resolve()
                .withLocalDefaults();
        return StreamsAppSettings.parse(settings.ours(), settings.client());
    }

    private static ReplayPlan plan(Optional<Instant> shiftTo, Map<String, String> set) {
        Settings settings = new ConnectionOptions().resolve(set).withLocalDefaults();
        return new ReplayPlan(
                ReplayContent.load("pas-outage-demo", settings),
                "drill",
                ReplaySpeed.MAX,
                settings,
                TopicOptions.DEFAULT,
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                ReplayPlan.WarRoomMode.NONE,
                CommandLine.populateCommand(new AccessOptions()).endpoint(),
                shiftTo);
    }
}
