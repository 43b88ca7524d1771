package org.knockon.benchmarks.feeds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.knockon.feeds.settings.FeedSettings;
import org.knockon.feeds.settings.FeedsFile;
import org.knockon.feeds.settings.PseudonymKeyFile;
import org.knockon.feeds.state.FeedMemory;

/** The feeds file of the measures, and what its feeds have in common. */
final class SampleFeeds {

    static final Set<String> POST = Set.of("POST");

    private SampleFeeds() {}

    /** Writes the file and its key. */
    static Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        PseudonymKeyFile.create(folder.resolve("pseudonym.key"));
        return Files.writeString(folder.resolve("feeds.yaml"), content());
    }

    static FeedSettings named(FeedsFile file, String name) {
        return file.feeds().stream()
                .filter(feed -> feed.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** An empty memory for all feeds of the file. */
    static FeedMemory memory(FeedsFile file) {
        return new FeedMemory(file.feeds().stream()
                .map(feed -> new FeedMemory.Feed(feed.name(), feed.identity().namespace(), false))
                .toList());
    }

    /** The feeds that understand these messages. Paths are relative to the file. */
    private static String content() {
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < SampleMessages.CLINICS; i++) {
            rules.append("{match: {location: \"CARD")
                    .append(i)
                    .append("^^^RJ121\"}, id: clinic-")
                    .append(i)
                    .append("}, ");
        }
        rules.append("{match: {service: \"SCAN*\"}, id: scans}");
        StringBuilder locations = new StringBuilder();
        for (int i = 0; i < SampleMessages.CLINICS; i++) {
            locations
                    .append(i == 0 ? "" : ", ")
                    .append("{match: {location: Location/card")
                    .append(i)
                    .append("}, id: clinic-")
                    .append(i)
                    .append("}");
        }
        StringBuilder file =
                new StringBuilder("http: {port: 0}\npseudonyms: {keyFile: pseudonym.key, identifiers: [{name:"
                        + " nhs-number, hl7: [NHS], fhir: [\"https://fhir.nhs.uk/Id/nhs-number\"]}]}\nfeeds:\n");
        file.append("  - {name: pas, kind: hl7, port: 0, zone: Europe/London, maxConnections: 2000, services: [")
                .append(rules)
                .append("]}\n");
        for (String feed : MessageKind.FHIR.feeds()) {
            file.append("  - {name: ")
                    .append(feed)
                    .append(", kind: fhir, services: [")
                    .append(locations)
                    .append("]}\n");
        }
        for (String feed : MessageKind.ALERTS.feeds()) {
            file.append("  - {name: ")
                    .append(feed)
                    .append(", kind: alertmanager, heartbeat: {match: {alertname:"
                            + " Watchdog}, lag: 60s}, systems: [{label: system}]}\n");
        }
        return file.toString();
    }
}
