package org.knockon.feeds.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.feeds.publish.Delivery;
import org.knockon.feeds.publish.Publication;
import org.knockon.feeds.settings.FeedsFile;
import org.knockon.feeds.settings.FeedsFileReader;
import org.knockon.feeds.state.FeedMemory;
import org.knockon.feeds.tables.AttributeHashes;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Priority;
import org.knockon.schemas.FeedState;

class AddedRulesTest {

    private static final long NOON = 1_772_452_800_000L;

    private final List<Publication> published = new ArrayList<>();

    @TempDir
    private Path folder;

    private boolean away;
    private FeedsFile file;
    private FeedMemory memory;

    @BeforeEach
    void twoServicesAreUnmapped() throws Exception {
        Path key = Files.writeString(folder.resolve("pseudonym.key"), "0123456789abcdef0123456789abcdef");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        file = read("{match: {location: LOC1}, id: a}");
        memory = new FeedMemory(FeedTables.remembering(file));
        for (String location : List.of("LOC8", "LOC9")) {
            AttributeHashes hashes =
                    new AttributeHashes(file.pseudonyms().orElseThrow().hash());
            Map<String, List<String>> attributes = Map.of("location", List.of(location));
            String service = hashes.unmappedId("pas", attributes);
            memory.remember(new FeedState.UnmappedService(
                    "pas", service, AttributeHashes.written(hashes.of(attributes)), NOON));
            memory.remember(version("pas/1-" + location, service), "C1");
            memory.remember(version("pas/2-" + location, service), "C2");
        }
        memory.remember(version("pas/3", "a"), "C3");
    }

    @Test
    void appointmentsOfAServiceThatARuleNamesNowArePublishedAgain() throws Exception {
        assertThat(apply("{match: {location: LOC9}, id: cardiology}")).isEqualTo(Map.of("pas", 2));

        List<AppointmentVersion> versions =
                published.stream().flatMap(each -> each.appointments().stream()).toList();
        assertThat(versions)
                .extracting(AppointmentVersion::appointmentId)
                .containsExactlyInAnyOrder("pas/1-LOC9", "pas/2-LOC9");
        assertThat(versions).allSatisfy(version -> {
            assertThat(version.serviceId()).isEqualTo("cardiology");
            assertThat(version.sequence()).isEqualTo(NOON);
            assertThat(version.updatedAt()).isEqualTo(NOON + 1);
            assertThat(version.status()).isEqualTo(AppointmentStatus.CANCELLED);
        });
        assertThat(published.get(published.size() - 1).ended()).hasSize(1);
        assertThat(memory.states("pas", FeedState.UnmappedService.class)).hasSize(1);

        published.clear();
        assertThat(apply("{match: {location: LOC9}, id: cardiology}"))
                .as("at the start after")
                .isEmpty();
        assertThat(published).isEmpty();
    }

    @Test
    void rulesThatNeedMoreThanHashesChangeNothing() throws Exception {
        assertThat(apply("{match: {location: \"LOC*\"}, id: cardiology}")).isEmpty();
        assertThat(apply("{match: {location: LOC9, facility: RJ1}, id: cardiology}"))
                .isEmpty();
        assertThat(published).isEmpty();
    }

    @Test
    void whatCouldNotBePublishedIsPublishedByTheNextAttempt() throws Exception {
        away = true;
        assertThatThrownBy(() -> apply("{match: {location: LOC9}, id: cardiology}"))
                .isInstanceOf(KafkaException.class);
        assertThat(memory.ofServices(Set.of("cardiology"))).isEmpty();

        away = false;
        assertThat(apply("{match: {location: LOC9}, id: cardiology}")).isEqualTo(Map.of("pas", 2));
        assertThat(memory.ofServices(Set.of("cardiology"))).hasSize(2);
    }

    private Map<String, Integer> apply(String rule) throws Exception {
        return new AddedRules(read("{match: {location: LOC1}, id: a}, " + rule), memory, this::publish).apply();
    }

    private CompletableFuture<Delivery> publish(List<Publication> publications) {
        if (away) {
            return CompletableFuture.completedFuture(Delivery.UNAVAILABLE);
        }
        published.addAll(publications);
        return CompletableFuture.completedFuture(Delivery.ACKNOWLEDGED);
    }

    private FeedsFile read(String rules) throws Exception {
        return FeedsFileReader.read(Files.writeString(
                folder.resolve("feeds.yaml"),
                Stream.of(
                                "pseudonyms: {keyFile: pseudonym.key, identifiers: [{name: mrn, any: true}]}",
                                "feeds:",
                                "  - {name: am, kind: cloudevents}",
                                "  - {name: pas, kind: hl7, port: 0, zone: Europe/London, services: [" + rules + "]}")
                        .reduce("", (all, line) -> all + line + "\n")));
    }

    private static AppointmentVersion version(String id, String service) {
        return new AppointmentVersion(
                id,
                NOON,
                AppointmentStatus.CANCELLED,
                null,
                service,
                NOON,
                NOON + 60_000,
                Priority.URGENT,
                "p-0123456789abcdef",
                null,
                NOON,
                null);
    }
}
