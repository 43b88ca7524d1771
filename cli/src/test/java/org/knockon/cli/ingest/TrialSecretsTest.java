package org.knockon.cli.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.cli.Knockon;
import org.knockon.cli.console.ExitCodes;
import org.knockon.samples.Hl7Mutations;
import org.knockon.samples.JsonMutations;
import org.knockon.samples.PlantedSecrets;
import org.knockon.samples.Sample;
import org.knockon.samples.Samples;

/** What {@code --try} prints holds no name, number, note or address, whatever the messages look like. */
class TrialSecretsTest {

    private static final int CHANGED = 5;
    private static final String FEEDS = """
            pseudonyms:
              keyFile: pseudonym.key
              identifiers: [{name: nhs-number, hl7: [NHS], fhir: ["https://fhir.nhs.uk/Id/nhs-number"]}]
            feeds:
              - {name: pas, kind: hl7, port: 0, zone: Europe/London, reasons: {ITDOWN: IT_OUTAGE}, services: [{match: {location: "CARD1^^^RJ121"}, id: cardiology}]}
              - {name: ers, kind: fhir, services: [{match: {location: Location/cardio}, id: cardiology}]}
              - {name: ids, kind: fhir, identifier: "https://rj1.example/appointment"}
              - {name: bars, kind: fhir, defaultService: urgent-care}
              - {name: am, kind: alertmanager, heartbeat: {match: {alertname: Watchdog}, lag: 60s}, systems: [{match: {job: pas}, id: pas}, {label: system}]}
              - {name: covering, kind: alertmanager, heartbeat: {match: {alertname: Watchdog}, covers: [portal]}, systems: [{match: {job: pas}, id: pas}]}
              - {name: grafana, kind: grafana, hold: 12h, systems: [{match: {job: pas}, id: pas}, {label: system}]}
              - {name: kuma, kind: kuma, hold: 12h, systems: [{match: {monitor: "Portal web"}, id: portal}]}
              - {name: icinga, kind: icinga, systems: [{match: {host: "pas*"}, id: pas}]}
              - {name: ce, kind: cloudevents}
            """;

    private final List<Sample> samples = Samples.all(Path.of("..").resolve(Samples.FOLDER)).stream()
            .map(PlantedSecrets::planted)
            .toList();

    @TempDir
    private Path folder;

    private Path feeds;

    @BeforeEach
    void writeTheFeedsFile() throws IOException {
        tried("ingest", "--new-key", folder.resolve("pseudonym.key").toString());
        feeds = Files.writeString(folder.resolve("feeds.yaml"), FEEDS);
    }

    @Test
    void messagesOfABookingSystem() throws IOException {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        SplittableRandom random = new SplittableRandom(7);
        int messages = 0;
        for (Sample sample : samples) {
            for (int i = 0; sample.hl7() && i <= CHANGED; i++) {
                frames.write(0x0B);
                frames.write(i == 0 ? sample.body() : new Hl7Mutations(random).fields(sample.body()));
                frames.write(0x1C);
                frames.write('\r');
                messages++;
            }
        }
        assertThat(messages).isGreaterThan(300);

        assertThat(tried(frames.toByteArray(), "pas", "text")).contains("published");
        assertThat(tried(frames.toByteArray(), "pas", "json")).contains("\"outcome\":\"published\"");
    }

    @Test
    void messagesInJson() throws IOException {
        int published = 0;
        for (Sample sample : samples) {
            for (int i = 0; !sample.hl7() && i <= CHANGED; i++) {
                byte[] body = i == 0 ? sample.body() : new JsonMutations(i).of(sample.body());
                for (String output : List.of("text", "json")) {
                    published += tried(body, sample.feed(), output).contains("published") ? 1 : 0;
                }
            }
        }
        assertThat(published).isGreaterThan(100);
    }

    private String tried(byte[] messages, String feed, String output) throws IOException {
        Path file = Files.write(folder.resolve("messages"), messages);
        return tried(
                "ingest", "--feeds", feeds.toString(), "--feed", feed, "--try", file.toString(), "--output", output);
    }

    private static String tried(String... arguments) {
        StringWriter printed = new StringWriter();
        int exit = Knockon.commandLine()
                .setOut(new PrintWriter(printed))
                .setErr(new PrintWriter(printed))
                .execute(arguments);
        assertThat(exit).as(String.join(" ", arguments)).isIn(ExitCodes.OK, ExitCodes.USAGE);
        assertThat(PlantedSecrets.in(printed.toString())).isEmpty();
        return printed.toString();
    }
}
