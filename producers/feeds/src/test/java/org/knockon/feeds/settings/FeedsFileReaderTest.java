package org.knockon.feeds.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.feeds.mllp.MllpSettings;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Priority;
import org.knockon.impact.model.SystemStatus;
import org.knockon.producers.yaml.Problem;
import org.knockon.server.tls.PemFiles;

class FeedsFileReaderTest {

    private static final String PSEUDONYMS =
            "pseudonyms: {keyFile: pseudonym.key, identifiers: [{name: mrn, any: true}]}\n";

    @TempDir
    private static Path temporary;

    private static FeedsFolder folder;

    @BeforeAll
    static void makeFiles() throws Exception {
        folder = FeedsFolder.in(temporary);
    }

    @Test
    void readsTheServer() throws IOException {
        HttpSettings http = folder.read(FeedsFolder.complete()).http();

        assertThat(http.bind()).isEqualTo("localhost");
        assertThat(http.port()).isEqualTo(8071);
        assertThat(http.tls()).contains(new PemFiles(temporary.resolve("cert.pem"), temporary.resolve("key.pem")));
        assertThat(http.open()).as("a proxy connects from this machine").isTrue();
        assertThat(http.credential().orElseThrow().accepts("bearer a-token-of-readers"))
                .isTrue();
    }

    @Test
    void readsHowAnExtractLooks() throws IOException {
        List<FeedSettings> feeds = folder.read(FeedsFolder.complete()).feeds();

        ExtractSettings pas = ((Hl7Settings) feeds.get(0)).tables().load().orElseThrow();
        assertThat(pas.separator()).isEqualTo(';');
        assertThat(pas.charset()).isEqualTo(Charset.forName("windows-1252"));
        assertThat(pas.zone()).as("that of the feed").isEqualTo(ZoneId.of("Europe/Dublin"));
        assertThat(pas.times()).hasSize(1);
        assertThat(pas.statuses().of("b")).contains(Optional.of(AppointmentStatus.BOOKED));
        assertThat(pas.statuses().of("X")).contains(Optional.empty());
        assertThat(pas.columns().names())
                .containsExactly(
                        "APPT", "CHANGED", "DAY", "TIME", "LENGTH", "STATE", "WHY", "HOW", "OLD", "ADMIT", "CLINIC",
                        "NHS_NO");
        assertThat(pas.columns().attributes()).containsExactly(Map.entry("location", List.of("CLINIC")));
        assertThat(pas.columns().identifiers()).containsExactly(Map.entry("nhs-number", "NHS_NO"));

        ExtractSettings ers = ((FhirSettings) feeds.get(1)).tables().load().orElseThrow();
        assertThat(ers.separator()).isEqualTo(',');
        assertThat(ers.charset()).isEqualTo(StandardCharsets.UTF_8);
        assertThat(ers.zone()).isEqualTo(ZoneId.of("Europe/Paris"));
        assertThat(ers.columns().names()).containsExactly("ID", "START", "END");
        assertThat(folder.read("feeds: [{name: e, kind: cloudevents}]").feeds()).hasSize(1);
    }

    @Test
    void readsThePseudonyms() throws IOException {
        PseudonymSettings pseudonyms =
                folder.read(FeedsFolder.complete()).pseudonyms().orElseThrow();

        assertThat(pseudonyms.identifiers()).extracting("name").containsExactly("nhs-number", "mrn");
        assertThat(pseudonyms.identifiers().get(1).hl7()).containsExactly("RJ1", "type:MR");
        assertThat(pseudonyms.identifiers().get(1).any()).isTrue();
        // printf 'mrn|A1' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
        assertThat(pseudonyms.patients().of("mrn", "a 1")).startsWith("p-").hasSize(18);
        folder.secret("other.key", "0123456789abcdef0123456789abcdef");
        assertThat(folder.read(FeedsFolder.complete().replace("pseudonym.key", "other.key"))
                        .pseudonyms()
                        .orElseThrow()
                        .patients()
                        .of("mrn", "a 1"))
                .as("a newline at the end is no part of the key")
                .isEqualTo(pseudonyms.patients().of("mrn", "a 1"));
    }

    @Test
    void readsAFeedOfHl7() throws IOException {
        Hl7Settings pas = feed(FeedsFolder.complete(), "pas", Hl7Settings.class);

        assertThat(pas.identity().namespace()).isEqualTo("rj1");
        assertThat(pas.identity().id("7")).isEqualTo("rj1/7");
        assertThat(pas.listener())
                .isEqualTo(new MllpSettings(
                        "pas",
                        "0.0.0.0",
                        2576,
                        Optional.of(new PemFiles(temporary.resolve("cert.pem"), temporary.resolve("key.pem"))),
                        Optional.of(temporary.resolve("ca.pem")),
                        false,
                        Duration.ofSeconds(3),
                        7,
                        Duration.ofMinutes(10),
                        65_536));
        assertThat(pas.zone()).isEqualTo(ZoneId.of("Europe/Dublin"));
        assertThat(pas.charset()).isEqualTo(Charset.forName("ISO-8859-15"));
        assertThat(pas.triggers())
                .isEqualTo(Map.of("S13", Optional.of(AppointmentStatus.CANCELLED), "S24", Optional.empty()));
        assertThat(pas.statuses().of(" waiting list")).contains(Optional.of(AppointmentStatus.WAITLIST));
        assertThat(pas.statuses().of("HELD")).contains(Optional.empty());
        assertThat(pas.startFrom()).containsExactly("AIS-4", "SCH-11.4");
        assertThat(pas.processing()).isEqualTo(Set.of("P", "T"));
        assertThat(pas.rebooking()).contains(Duration.ofDays(60));
        assertThat(pas.acceptRefused()).isTrue();
    }

    @Test
    void readsTheTablesOfABookingSystem() throws IOException {
        BookingTables tables =
                feed(FeedsFolder.complete(), "pas", Hl7Settings.class).tables();

        assertThat(tables.services().id(Map.of("location", List.of("CARD1^^^RJ121"))))
                .contains("cardiology");
        assertThat(tables.services().id(Map.of("service", List.of("MRI7"), "facility", List.of("RJ1"))))
                .contains("mri");
        assertThat(tables.services().id(Map.of("service", List.of("MRI7")))).isEmpty();
        assertThat(tables.defaultService()).contains("other");
        assertThat(tables.reasons().of("System failure: PAS")).contains(ChangeReason.IT_OUTAGE);
        assertThat(tables.priorities().of("p1")).contains(Priority.URGENT);
        assertThat(tables.priorities().of("2WW")).contains(Priority.TWO_WEEK_WAIT);
        assertThat(tables.defaultLength()).isEqualTo(Duration.ofMinutes(20));
    }

    @Test
    void readsAFeedOfFhir() throws IOException {
        FhirSettings ers = feed(FeedsFolder.complete(), "ers", FhirSettings.class);

        assertThat(ers.identity().id("7")).isEqualTo("7");
        assertThat(ers.identifier()).contains("https://rj1.example/appointment");
        assertThat(ers.dueIn()).contains("https://rj1.example/due-in");
        assertThat(ers.tables().priorities().of("R")).as("a number in FHIR").isEmpty();
        Credential login = ers.identity().credential().orElseThrow();
        assertThat(login.accepts("Basic " + base64("ers:a-password"))).isTrue();
        assertThat(login.accepts("Basic " + base64("ers:another"))).isFalse();
        assertThat(login.accepts("Basic %")).isFalse();
        assertThat(login.accepts("Bearer a-password")).isFalse();
        assertThat(login.accepts(null)).isFalse();
    }

    @Test
    void readsFeedsOfAlerts() throws IOException {
        AlertSettings am = feed(FeedsFolder.complete(), "am", AlertSettings.class);
        AlertSettings graf = feed(FeedsFolder.complete(), "graf", AlertSettings.class);

        assertThat(am.monitor()).isEqualTo("outside");
        assertThat(am.silence()).isInstanceOfSatisfying(Silence.Heartbeat.class, signs -> {
            assertThat(signs.match().get("alertname").fits("Watchdog")).isTrue();
            assertThat(signs.lag()).isEqualTo(Duration.ofSeconds(50));
            assertThat(signs.covers()).containsExactlyInAnyOrder("pas", "portal");
        });
        assertThat(am.systems().id(Map.of("job", List.of("x"), "system", List.of("lab"))))
                .contains("lab");
        assertThat(am.severities().of("sev1")).contains(Optional.of(SystemStatus.DOWN));
        assertThat(am.severities().of("SEV4")).contains(Optional.empty());
        assertThat(am.severities().of("warning")).contains(Optional.of(SystemStatus.DEGRADED));
        assertThat(am.oldest()).isEqualTo(Duration.ofDays(3));
        assertThat(graf.silence()).isEqualTo(new Silence.Hold(Duration.ofHours(6), Duration.ofSeconds(30)));
        assertThat(graf.monitor()).isEqualTo("graf");
    }

    @Test
    void readsFeedsOfIcingaKumaAndCloudEvents() throws IOException {
        IcingaSettings icinga = feed(FeedsFolder.complete(), "monitoring", IcingaSettings.class);
        KumaSettings kuma = feed(FeedsFolder.complete(), "kuma", KumaSettings.class);

        assertThat(icinga.connection())
                .contains(new IcingaSettings.Connection(
                        URI.create("https://icinga.example:5665"),
                        new Login("ers", "a-password"),
                        Optional.of(temporary.resolve("ca.pem"))));
        assertThat(icinga.receivesPosts()).as("it has no token for posts").isFalse();
        assertThat(kuma.hold()).isEqualTo(new Silence.Hold(Duration.ofHours(11), Duration.ofMinutes(1)));
        assertThat(kuma.systems().id(Map.of("monitor", List.of("Portal web")))).contains("portal");
        assertThat(feed(FeedsFolder.complete(), "events", CloudEventsSettings.class)
                        .monitor())
                .isEqualTo("other");
    }

    @Test
    void readsProbes() throws IOException {
        ProbeSettings probes = feed(FeedsFolder.complete(), "probes", ProbeSettings.class);

        assertThat(probes.every()).isEqualTo(Duration.ofSeconds(20));
        assertThat(probes.timeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(probes.probes())
                .containsExactly(
                        new ProbeSettings.Probe(
                                "pas", new ProbeSettings.Http(URI.create("https://pas.example/health"), 200, 204)),
                        new ProbeSettings.Probe("pacs", new ProbeSettings.Tcp("pacs.example", 104)),
                        new ProbeSettings.Probe(
                                "portal", new ProbeSettings.Tls("portal.example", 443, Duration.ofDays(10))));
    }

    @Test
    void hasDefaults() throws IOException {
        FeedsFile file = folder.read(PSEUDONYMS
                + "feeds:\n  - {name: pas, kind: hl7, port: 0, zone: Europe/London}\n"
                + "  - {name: am, kind: alertmanager, hold: 12h, systems: [{label: system}]}\n"
                + "  - {name: p, kind: probe, systems: [{id: a, http: 'http://a/'}, {id: b, tls: 'b:443'}]}\n");

        assertThat(file.http())
                .isEqualTo(new HttpSettings("127.0.0.1", 8070, Optional.empty(), false, Optional.empty()));
        Hl7Settings pas = (Hl7Settings) file.feeds().get(0);
        assertThat(pas.identity()).isEqualTo(new FeedIdentity("pas", FeedKind.HL7, "pas", Optional.empty()));
        assertThat(pas.listener())
                .isEqualTo(new MllpSettings(
                        "pas",
                        "127.0.0.1",
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Duration.ofSeconds(4),
                        100,
                        Duration.ofMinutes(30),
                        1_048_576));
        assertThat(pas.charset()).isEqualTo(StandardCharsets.UTF_8);
        assertThat(pas.startFrom()).containsExactly("TQ1-7", "SCH-11.4", "AIS-4", "AIL-6", "AIG-8", "AIP-6");
        assertThat(pas.processing()).isEqualTo(Set.of("P"));
        assertThat(pas.rebooking()).isEmpty();
        assertThat(pas.acceptRefused()).isFalse();
        assertThat(pas.tables().defaultLength()).isEqualTo(Duration.ofMinutes(15));
        assertThat(pas.tables().defaultService()).isEmpty();
        AlertSettings am = (AlertSettings) file.feeds().get(1);
        assertThat(am.oldest()).isEqualTo(Duration.ofDays(7));
        assertThat(am.silence()).isEqualTo(new Silence.Hold(Duration.ofHours(12), Duration.ofMinutes(1)));
        ProbeSettings probes = (ProbeSettings) file.feeds().get(2);
        assertThat(probes.every()).isEqualTo(Duration.ofSeconds(30));
        assertThat(probes.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(probes.probes().get(0).target())
                .isEqualTo(new ProbeSettings.Http(URI.create("http://a/"), 200, 399));
        assertThat(probes.probes().get(1).target()).isEqualTo(new ProbeSettings.Tls("b", 443, Duration.ofDays(14)));
        assertThat(file.warnings()).isEmpty();
    }

    @Test
    void repeatsAnAnchor() throws IOException {
        FeedsFile file = folder.read("feeds:\n"
                + "  - {name: a, kind: grafana, hold: 6h, systems: &all [{match: {job: pas}, id: pas}]}\n"
                + "  - {name: b, kind: grafana, hold: 6h, systems: *all}\n");

        assertThat(file.feeds())
                .extracting(feed -> ((AlertSettings) feed).systems().rules().size())
                .containsExactly(1, 1);
    }

    @Test
    void warnsOfWhatIsAllowedButRisky() throws IOException {
        FeedsFile file = folder.read(PSEUDONYMS
                + "feeds:\n"
                + "  - {name: pas, kind: hl7, bind: 0.0.0.0, port: 2577, insecure: true, zone: Europe/London}\n"
                + "  - {name: am, kind: alertmanager, heartbeat: {match: {alertname: W}}, systems: [{label: s}]}\n");

        assertThat(file.warnings())
                .containsExactly(
                        "feed pas is insecure: everybody who reaches port 2577 can send appointments, and read them on the way",
                        "feed am: a system that only a label names is reported UP after its first alert only; list such"
                                + " systems in 'covers'");
    }

    @Test
    void reportsAllProblemsTogetherInOrder() throws IOException {
        FeedsFileException thrown = catchThrowableOfType(
                FeedsFileException.class,
                () -> folder.read("htp: {}\nfeeds:\n  - {name: a b, kind: kumma}\n  - {name: c, kind: probe}\n"));

        assertThat(thrown.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        temporary.resolve("feeds.yaml") + ":1:1: unknown key 'htp'; did you mean 'http'?",
                        temporary.resolve("feeds.yaml")
                                + ":3:12: 'a b' is no name of a feed; use at most 64 letters, digits and dashes",
                        temporary.resolve("feeds.yaml")
                                + ":3:23: 'kumma' is not allowed as 'feeds[0].kind'; did you mean 'KUMA'?",
                        temporary.resolve("feeds.yaml") + ":4:5: 'feeds[1].systems' is missing; add the key 'systems'");
        assertThat(thrown).hasMessageStartingWith("feeds file " + temporary.resolve("feeds.yaml") + " has 4 problems");
    }

    @Test
    void saysWhyAFileCannotBeRead() {
        FeedsFileException thrown = catchThrowableOfType(
                FeedsFileException.class, () -> FeedsFileReader.read(temporary.resolve("none.yaml")));

        assertThat(thrown).hasMessage("cannot read feeds file " + temporary.resolve("none.yaml") + ": no such file");
    }

    private static <T> T feed(String yaml, String name, Class<T> type) throws IOException {
        return folder.read(yaml).feeds().stream()
                .filter(feed -> feed.name().equals(name))
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
