package org.knockon.cli.replay;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.knockon.cli.settings.Settings;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.producers.generate.ScenarioEvents;
import org.knockon.producers.recording.Recording;
import org.knockon.producers.scenario.RecordedWeek;
import org.knockon.producers.scenario.Scenario;
import org.knockon.producers.scenario.ScenarioCatalogue;
import org.knockon.producers.scenario.Site;
import org.knockon.producers.source.ReplaySource;
import org.knockon.schemas.TopicPrefix;
import org.knockon.schemas.recording.Manifest;
import org.knockon.streams.app.StreamsAppSettings;

/**
 * What a replay plays, as its screens and its summary show it: a scenario, or the recording in a file.
 *
 * @param notice which parts are invented, or where a recording comes from
 * @param zone for event times
 * @param from first instant of the window as written, epoch milliseconds
 * @param to first instant after the window
 * @param hasSources whether {@code knockon scenario show} lists sources
 * @param sites names by code
 * @param systems names by systemId
 * @param recorded published figures by week; empty if there are none
 * @param recording whether the bytes are those of a recording, whose times cannot be moved
 * @param events computes the events, shifted to the start if there is one; takes seconds for a large scenario
 */
record ReplayContent(
        String name,
        String title,
        String notice,
        ZoneId zone,
        long from,
        long to,
        boolean hasSources,
        Map<String, String> sites,
        Map<String, String> systems,
        List<RecordedWeek> recorded,
        boolean recording,
        Function<Optional<Instant>, ReplaySource> events) {

    private static final String ENDING = ".avro";

    /**
     * Loads a scenario by its name or file, or reads the recording in a file that ends in {@code .avro}.
     *
     * @throws org.knockon.producers.scenario.ScenarioException if there is no such scenario, or it is invalid
     * @throws org.knockon.schemas.recording.RecordingException if there is no such recording, or it cannot be read
     */
    static ReplayContent load(String nameOrFile, Settings settings) {
        return nameOrFile.endsWith(ENDING) ? of(Path.of(nameOrFile), settings) : of(ScenarioCatalogue.load(nameOrFile));
    }

    private static ReplayContent of(Scenario scenario) {
        return new ReplayContent(
                scenario.name(),
                scenario.title(),
                scenario.synthetic().strip(),
                scenario.zone(),
                scenario.from(),
                scenario.to(),
                !scenario.sources().isEmpty(),
                scenario.sites().stream().collect(Collectors.toMap(Site::code, Site::name)),
                scenario.systems().stream()
                        .collect(Collectors.toMap(
                                system -> system.id(), system -> system.system().name())),
                scenario.recorded(),
                false,
                start -> {
                    ScenarioEvents written = ScenarioEvents.of(scenario);
                    return start.isPresent() ? written.shiftedTo(start.get().toEpochMilli()) : written;
                });
    }

    private static ReplayContent of(Path file, Settings settings) {
        Recording recording = Recording.open(file);
        String name = file.getFileName().toString();
        return new ReplayContent(
                name.substring(0, name.length() - ENDING.length()),
                "Recording of " + recording.manifest().prefix() + "*",
                notice(recording),
                zone(settings.withLocalDefaults()),
                recording.from(),
                recording.to(),
                false,
                recording.services().stream()
                        .filter(service -> service.siteName() != null)
                        .collect(Collectors.toMap(CareService::site, CareService::siteName, (one, other) -> one)),
                recording.systems().stream()
                        .collect(Collectors.toMap(MonitoredSystem::systemId, MonitoredSystem::name)),
                List.of(),
                true,
                start -> recording);
    }

    /** The setting {@code zone}; a replay decides some of the others itself. */
    private static ZoneId zone(Settings settings) {
        Map<String, String> zone = settings.ours();
        zone.keySet().retainAll(Set.of("zone"));
        return StreamsAppSettings.parse(zone, settings.client())
                .pipeline()
                .rules()
                .zone();
    }

    private static String notice(Recording recording) {
        Manifest manifest = recording.manifest();
        String exercise = new TopicPrefix(manifest.prefix())
                .run()
                .map(run -> " They belong to the exercise '" + run + "'.")
                .orElse("");
        return "Records of the topics " + manifest.prefix() + "*, as they were on "
                + manifest.recordedAt().truncatedTo(ChronoUnit.SECONDS) + "." + exercise
                + (recording.complete() ? "" : " The recording was interrupted, so it ends early.");
    }
}
