package org.knockon.benchmarks.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The feeds file of the fuzzer: the feeds that the fixtures are written for, and a second booking system with odd settings. */
final class FuzzFeeds {

    static final List<String> HL7 = List.of("pas", "odd");
    static final List<String> FHIR = List.of("ers", "ids", "bars");
    static final List<String> MONITORS = List.of("am", "covering", "grafana", "kuma", "icinga");
    static final String EVENTS = "ce";

    private static final String FILE = """
            http: {port: 0}
            pseudonyms:
              keyFile: pseudonym.key
              identifiers:
                - {name: nhs-number, hl7: [NHS], fhir: ["https://fhir.nhs.uk/Id/nhs-number"]}
                - {name: mrn, hl7: [RJ1, "type:MR"], fhir: ["https://rj1.example/mrn"]}
            feeds:
              - name: pas
                kind: hl7
                port: 0
                zone: Europe/London
                services:
                  - {match: {location: "CARD1^^^RJ121"}, id: cardiology}
                  - {match: {service: "MRI*"}, id: mri}
                  - {match: {resource: GAMMA1}, id: nuclear}
                  - {match: {clinic: BLOOD}, id: phlebotomy}
                reasons: {ITDOWN: IT_OUTAGE, "system failure*": IT_OUTAGE, PATREQ: PATIENT}
              - name: odd
                kind: hl7
                port: 0
                zone: America/New_York
                charset: ISO-8859-1
                processing: [P, T, D]
                startFrom: [AIS-4, SCH-11.4]
                triggers: {S13: CANCELLED, S24: IGNORED}
                rebooking: {within: 90d}
                onRefusal: accept
                defaultService: other
                maxFrame: 64KiB
              - name: ers
                kind: fhir
                services: &services
                  - {match: {location: Location/cardio}, id: cardiology}
                  - {match: {location: CARD1}, id: cardiology}
                  - {match: {service: HealthcareService/mri}, id: mri}
                  - {match: {service: "MRI*"}, id: mri}
                  - {match: {resource: "Schedule/endo*"}, id: endoscopy}
              - {name: ids, kind: fhir, identifier: "https://rj1.example/appointment", services: *services}
              - {name: bars, kind: fhir, defaultService: urgent-care, services: *services}
              - {name: am, kind: alertmanager, heartbeat: {match: {alertname: Watchdog}, lag: 60s}, systems: [{match: {job: pas}, id: pas}, {match: {job: "pacs*", env: prod}, id: pacs}, {label: system}]}
              - {name: covering, kind: alertmanager, heartbeat: {match: {alertname: Watchdog}, lag: 60s, covers: [portal]}, systems: [{match: {job: pas}, id: pas}]}
              - {name: grafana, kind: grafana, heartbeat: {match: {alertname: Watchdog}, lag: 60s}, systems: [{match: {job: pas}, id: pas}, {label: system}]}
              - {name: kuma, kind: kuma, hold: 12h, systems: [{match: {monitor: "Portal web"}, id: portal}, {match: {tag: portal}, id: portal}]}
              - {name: icinga, kind: icinga, systems: [{match: {host: pas-db}, id: pas}, {match: {host: "pacs*", service: "dicom*"}, id: pacs}]}
              - {name: ce, kind: cloudevents}
            """;

    private FuzzFeeds() {}

    /** Writes the file and its key. */
    static Path in(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path key = Files.writeString(folder.resolve("pseudonym.key"), "0123456789abcdef0123456789abcdef");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        return Files.writeString(folder.resolve("feeds.yaml"), FILE);
    }
}
