package org.knockon.feeds.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knockon.producers.yaml.Problem;

/** Breaks {@code complete.yaml} in one place and checks the one problem that is reported. */
class FeedsFileProblemsTest {

    /** Keys that the sender chooses: labels, attributes, texts. */
    private static final Set<String> NOT_OURS = Set.of(
            "S13",
            "B",
            "X",
            "S24",
            "Held",
            "location",
            "service",
            "facility",
            "ITDOWN",
            "PATREQ",
            "P1",
            "alertname",
            "job",
            "sev1",
            "sev4",
            "host",
            "type",
            "https");

    @TempDir
    private static Path temporary;

    private static FeedsFolder folder;

    @BeforeAll
    static void makeFiles() throws Exception {
        folder = FeedsFolder.in(temporary);
        folder.secret("short.key", "too short");
        folder.secret("empty", "\n");
        folder.secret("two-lines", "a\nb\n");
        FeedsFolder.permit(Files.writeString(temporary.resolve("open.token"), "a-token"), "rw-r--r--");
        FeedsFolder.permit(Files.writeString(temporary.resolve("open.key"), "x".repeat(40)), "rw-r--r--");
    }

    /**
     * @param key that the mistake is about
     * @param line a text of the line that the problem must name
     * @param wrong what stands there after {@code right} was replaced
     */
    record Mistake(String key, String line, String right, String wrong, String problem) {
        @Override
        public String toString() {
            return key + ": " + wrong;
        }
    }

    static List<Mistake> mistakes() {
        return List.of(
                new Mistake("http", "http:", "http: {bind", "http: {bnd: x, bind", "unknown key 'bnd' in 'http'"),
                new Mistake("bind", "http:", "bind: localhost", "bind: [a]", "'http.bind' must be text but is a list"),
                new Mistake("port", "http:", "port: 8071", "port: 70000", "'http.port' is 70000; it must be between 0"),
                new Mistake("tlsCert", "http:", "tlsCert: cert.pem, tlsKey", "tlsKey", "'http.tlsKey' is given alone"),
                new Mistake("tlsKey", "http:", "tlsKey: key.pem, b", "b", "'http.tlsCert' is given alone"),
                new Mistake("tlsCert", "http:", "tlsCert: cert.pem,", "tlsCert: none.pem,", "none.pem"),
                new Mistake("behindTlsProxy", "http:", "Proxy: true", "Proxy: maybe", "write true or false"),
                new Mistake(
                        "tokenFile",
                        "http:",
                        ", tokenFile: http.token",
                        "",
                        "other machines can read /feeds without a token; give tokenFile in 'http'"),
                new Mistake("tokenFile", "http:", "http.token", "open.token", "run 'chmod 600' on it"),
                new Mistake("tokenFile", "http:", "http.token", "none.token", "there is no file"),
                new Mistake("tokenFile", "http:", "http.token", "empty", "must have one line"),
                new Mistake("tokenFile", "http:", "http.token", "two-lines", "must have one line"),
                new Mistake("keyFile", "keyFile", "pseudonym.key", "open.key", "run 'chmod 600' on it"),
                new Mistake(
                        "keyFile",
                        "keyFile",
                        "pseudonym.key",
                        "short.key",
                        "the key has 9 bytes, but needs at least 32; make one with 'knockon ingest --new-key FILE'"),
                new Mistake(
                        "identifiers",
                        "type:MR",
                        "- {name: mrn",
                        "- {name: nhs-number",
                        "the identifier 'nhs-number' is given twice"),
                new Mistake("hl7", "- {name: mrn", "hl7: [RJ1, \"type:MR\"], any: true", "any: false", "fits nothing"),
                new Mistake(
                        "fhir",
                        "name: nhs",
                        "fhir: [\"https://fhir.nhs.uk/Id/nhs-number\"]",
                        "fhir: x",
                        "'pseudonyms.identifiers[0].fhir' must be a list but is 'x'"),
                new Mistake("any", "- {name: mrn", "any: true", "any: 1", "write true or false"),
                new Mistake("name", "name: pas", "name: ers", "name: pas", "the feed 'pas' is given twice"),
                new Mistake("name", "name: e/rs", "name: ers", "name: e/rs", "is no name of a feed"),
                new Mistake("kind", "kind: fihr", "kind: fhir", "kind: fihr", "did you mean 'FHIR'?"),
                new Mistake("namespace", "namespace: a/b", "namespace: rj1", "namespace: a/b", "letters, digits, dots"),
                new Mistake("port", "port: x", "port: 2576", "port: x", "'feeds[0].port' must be a whole number"),
                new Mistake(
                        "clientCa",
                        "bind: 0.0.0.0",
                        "    clientCa: ca.pem\n",
                        "",
                        "other machines can send to 'pas' without a certificate; give tlsCert, tlsKey and clientCa, or"
                                + " insecure: true"),
                new Mistake("clientCa", "clientCa", "clientCa: ca.pem", "clientCa: pseudonym.key", "pseudonym.key"),
                new Mistake("insecure", "insecure", "insecure: false", "insecure: no", "write true or false"),
                new Mistake("zone", "zone:", "zone: Europe/Dublin", "zone: Europe/Dubln", "write a zone as Europe/"),
                new Mistake("zone", "- name: pas", "    zone: Europe/Dublin\n", "", "'feeds[0].zone' is missing"),
                new Mistake("charset", "charset", "ISO-8859-15", "UTF-9", "there is no character set 'UTF-9'"),
                new Mistake("triggers", "triggers", "S13: CANCELLED", "S31: CANCELLED", "there is no trigger 'S31'"),
                new Mistake("triggers", "triggers", "S13: CANCELLED", "S13: CANCELED", "did you mean 'CANCELLED'?"),
                new Mistake("statuses", "statuses", "Held: ignored", "Held: FULFILED", "did you mean 'FULFILLED'?"),
                new Mistake("startFrom", "startFrom", "AIS-4, SCH", "AIS-5, SCH", "did you mean 'AIS-4'?"),
                new Mistake("processing", "processing", "[P, T]", "[P, X]", "there is no value of MSH-11 'X'"),
                new Mistake(
                        "rebooking", "rebooking", "{within: 60d}", "{within: 60d, ahead: 1}", "unknown key 'ahead'"),
                new Mistake("within", "rebooking", "within: 60d", "within: 60 days", "write a duration as 90s, 15m"),
                new Mistake("onRefusal", "onRefusal", "accept", "acept", "did you mean 'accept'?"),
                new Mistake("answerWithin", "answerWithin", "3s", "3h", "it must be between 100ms and 1m"),
                new Mistake("maxConnections", "maxConnections", "Connections: 7", "Connections: 0", "between 1 and"),
                new Mistake("idle", "idle", "idle: 10m", "idle: 10ms", "it must be between 1s and 1d"),
                new Mistake("maxFrame", "maxFrame", "64KiB", "64KB", "write a size as 65536, 64KiB or 1MiB"),
                new Mistake("maxFrame", "maxFrame", "64KiB", "65MiB", "it must be between 1024 and 67108864 bytes"),
                new Mistake("services", "CARD1", "location: \"", "locaton: \"", "did you mean 'location'?"),
                new Mistake(
                        "match",
                        "id: cardiology",
                        "match: {location: \"CARD1^^^RJ121\"}",
                        "match: {}",
                        "'feeds[0].services[0].match' matches everything"),
                new Mistake("id", "CARD1", ", id: cardiology}", "}", "'feeds[0].services[0].id' is missing"),
                new Mistake("id", "CARD1", "id: cardiology", "id: " + "c".repeat(257), "is no id"),
                new Mistake("defaultService", "defaultService", "Service: other", "Service: ''", "is empty"),
                new Mistake("reasons", "reasons", "PATREQ: PATIENT", "PATREQ: PATENT", "did you mean 'PATIENT'?"),
                new Mistake("reasons", "reasons", "PATREQ: PATIENT", "itdown: PATIENT", "'itdown' is given twice"),
                new Mistake("priorities", "priorities", "URGENT", "URGNT", "did you mean 'URGENT'?"),
                new Mistake("defaultMinutes", "defaultMinutes", "s: 20", "s: 0", "it must be between 1 and 1440"),
                new Mistake("load", "seperator", "separator: ", "seperator: ", "did you mean 'separator'?"),
                new Mistake("separator", "separator", "separator: \";\"", "separator: ;;", "\"|\" or tab"),
                new Mistake("times", "times", " HH:mm\"]", "\"]", "'dd/MM/yyyy': it lacks the date or the hour; write"),
                new Mistake(
                        "columns",
                        "load: {",
                        ", columns: {appointmentId: ID, slotStart: START, slotEnd: END}",
                        "",
                        "'feeds[1].load.columns' is missing"),
                new Mistake(
                        "appointmentId",
                        "updatedAt",
                        "appointmentId: APPT\n        ",
                        "",
                        "'feeds[0].load.columns.appointmentId' is missing"),
                new Mistake("updatedAt", "updatedAt", "updatedAt: CHANGED", "updatedAt: {a: b}", "must be text"),
                new Mistake("slotStart", "slotStart", "slotStart: [DAY, ", "slotStart: [[DAY], ", "must be text"),
                new Mistake(
                        "slotEnd",
                        "minutes",
                        "minutes: LENGTH",
                        "minutes: LENGTH\n        slotEnd: END",
                        "'feeds[0].load.columns.minutes' is given beside slotEnd; give one of them"),
                new Mistake("minutes", "minuets", "minutes: LENGTH", "minuets: LENGTH", "did you mean 'minutes'?"),
                new Mistake("status", "status", "status: STATE", "status: ''", "is empty"),
                new Mistake("reason", "raeson", "reason: WHY", "raeson: WHY", "did you mean 'reason'?"),
                new Mistake("priority", "priority", "priority: HOW", "priority: ''", "is empty"),
                new Mistake("replaces", "replace", "replaces: OLD", "replace: OLD", "did you mean 'replaces'?"),
                new Mistake(
                        "identifiers",
                        "NHS_NO",
                        "{\"nhs-number\": NHS_NO",
                        "{\"nhs-numbr\": NHS_NO",
                        "there is no identifier in 'pseudonyms' 'nhs-numbr'; did you mean 'nhs-number'?"),
                new Mistake("zone", "load: {", "{zone: Europe/Paris, c", "{c", "'feeds[1].load.zone' is missing"),
                new Mistake("dueIn", "dueIn: [a]", "\"https://rj1.example/due-in\"", "[a]", "must be text"),
                new Mistake("identifier", "identifier:", "\"https://rj1.example/appointment\"", "[a]", "must be text"),
                new Mistake(
                        "userFile",
                        "userFile: am.token",
                        "appointment\"\n    userFile: ers.user",
                        "appointment\"\n    userFile: am.token",
                        "the file must contain user:password"),
                new Mistake(
                        "tokenFile",
                        "name: ers",
                        "    userFile: ers.user\n    services: [",
                        "    services: [",
                        "other machines can send to 'ers' without a token; give tokenFile or userFile"),
                new Mistake("monitor", "monitor:", "monitor: outside", "monitor: \"\"", "is empty"),
                new Mistake(
                        "heartbeat",
                        "name: am",
                        "    heartbeat: {match: {alertname: Watchdog}, lag: 50s, covers: [pas, portal]}\n",
                        "",
                        "'am' speaks only on change, so its silence would look like an outage; give hold or"
                                + " heartbeat"),
                new Mistake(
                        "heartbeat",
                        "hold: 1h",
                        "    oldest: 3d",
                        "    hold: 1h\n    oldest: 3d",
                        "'feeds[2].hold' is given beside heartbeat; give heartbeat, or hold"),
                new Mistake("lag", "lag:", "lag: 50s", "lag: 50", "write a duration as"),
                new Mistake("covers", "covers", "covers: [pas, portal]", "covers: pas", "must be a list"),
                new Mistake(
                        "label",
                        "job: pas",
                        "[{match: {job: pas}, id: pas}, {label: system}]",
                        "[{label: system}, {match: {job: pas}, id: pas}]",
                        "put every {label: ...} last"),
                new Mistake(
                        "systems",
                        "systems: []",
                        "[{match: {job: pas}, id: pas}, {label: system}]",
                        "[]",
                        "names no system"),
                new Mistake("severities", "severities", "sev1: DOWN", "sev1: DWN", "did you mean 'DOWN'?"),
                new Mistake("oldest", "oldest", "oldest: 3d", "oldest: 3s", "it must be between 1h and 90d"),
                new Mistake("hold", "name: graf", "    hold: 6h\n", "", "give hold or heartbeat"),
                new Mistake("hold", "name: kuma", "hold: 11h, ", "", "give hold"),
                new Mistake(
                        "refresh",
                        "refresh",
                        "hold: 6h\n    refresh: 30s",
                        "hold: 5m\n    refresh: 10m",
                        "'refresh' is not shorter than 'hold'"),
                new Mistake(
                        "url",
                        "url:",
                        "\"https://icinga.example:5665\"",
                        "\"https://a:b@icinga.example\"",
                        "is no address of the form https://host/path; write no name or password into it"),
                new Mistake(
                        "userFile",
                        "name: monitoring",
                        "5665\"\n    userFile: ers.user",
                        "5665\"",
                        "'feeds[4].userFile' is missing"),
                new Mistake("caFile", "caFile", "caFile: ca.pem", "caFile: none.pem", "none.pem"),
                new Mistake("every", "every", "every: 20s", "every: 2h", "it must be between 1s and 1h"),
                new Mistake("timeout", "timeout", "timeout: 4s", "timeout: 30s", "'timeout' is longer than 'every'"),
                new Mistake("http", "pas.example", "https://pas", "ftp://pas", "is no address of the form"),
                new Mistake("expect", "expect", "200-204", "204-200", "write status codes as 200 or 200-399"),
                new Mistake("tcp", "pacs.example", "pacs.example:104", "pacs.example", "write it as pacs.example:104"),
                new Mistake("tls", "portal.example", "portal.example:443", "portal.example:0", "write it as"),
                new Mistake(
                        "tls",
                        "portal.example",
                        "tls: \"portal",
                        "tcp: \"a:1\", tls: \"portal",
                        "there are 2 things to look at; give one of http, tcp and tls"),
                new Mistake("warnBefore", "warnBefore", "10d", "10 weeks", "write a duration as"),
                new Mistake("id", "pacs.example", "id: pacs", "id: pas", "the system 'pas' is given twice"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void reportsTheMistakeWithItsLine(Mistake mistake) throws IOException {
        String complete = FeedsFolder.complete();
        assertThat(complete).contains(mistake.right());
        int at = complete.indexOf(mistake.right());
        String broken = complete.substring(0, at)
                + mistake.wrong()
                + complete.substring(at + mistake.right().length());

        List<Problem> problems = problems(broken);

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).toString()).contains(mistake.problem());
        assertThat(broken.lines().toList().get(problems.get(0).line() - 1)).contains(mistake.line());
    }

    @Test
    void breaksEveryKey() throws IOException {
        Set<String> broken = Stream.concat(mistakes().stream().map(Mistake::key), Stream.of("pseudonyms", "feeds"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(broken).isEqualTo(keys());
    }

    @Test
    void needsAKeyForAppointmentsOfPatients() throws IOException {
        assertThat(problems("feeds: [{name: ers, kind: fhir}]"))
                .extracting(Problem::message)
                .containsExactly("'ers' carries appointments of patients, but there is no key for pseudonyms");
    }

    @Test
    void needsAFeed() throws IOException {
        assertThat(problems("feeds: []")).extracting(Problem::message).containsExactly("'feeds' has no entry");
        assertThat(problems("http: {}")).extracting(Problem::message).containsExactly("'feeds' is missing");
        assertThat(problems("")).extracting(Problem::message).containsExactly("the file is empty");
    }

    @Test
    void needsTlsAndATokenWhereOthersCanConnect() throws IOException {
        assertThat(problems("http: {bind: 0.0.0.0}\nfeeds: [{name: e, kind: cloudevents}]"))
                .extracting(Problem::message)
                .containsExactly(
                        "other machines can connect to '0.0.0.0' without TLS",
                        "other machines can read /feeds without a token",
                        "other machines can send to 'e' without a token");
    }

    @Test
    void givesEachPortToOneListener() throws IOException {
        String two = "pseudonyms: {keyFile: pseudonym.key, identifiers: [{name: m, any: true}]}\nfeeds:\n"
                + "  - {name: a, kind: hl7, zone: Europe/London, port: 8070}\n"
                + "  - {name: b, kind: hl7, zone: Europe/London, port: 2575}\n"
                + "  - {name: c, kind: hl7, zone: Europe/London, port: 2575}\n";

        assertThat(problems(two))
                .extracting(Problem::message)
                .containsExactly("port 8070 is that of the HTTP server already", "port 2575 is that of b already");
    }

    @Test
    void refusesAHeartbeatOfKuma() throws IOException {
        assertThat(problems("feeds:\n  - name: k\n    kind: kuma\n    hold: 1h\n    heartbeat: {match: {a: b}}\n"
                        + "    systems: [{match: {id: '1'}, id: a}]"))
                .extracting(Problem::message)
                .containsExactly("Uptime Kuma sends no alert that always fires");
    }

    @Test
    void quotesNoSecret() throws IOException {
        folder.secret("secret", "Quibblethorpe\nQuibblethorpe\n");
        String all = FeedsFolder.complete().replaceAll("(http|am)\\.token|ers\\.user|pseudonym\\.key", "secret");

        FeedsFileException thrown = catchThrowableOfType(FeedsFileException.class, () -> folder.read(all));

        assertThat(thrown).hasMessageNotContaining("Quibblethorpe");
        assertThat(thrown.problems()).hasSizeGreaterThan(4);
        assertThat(folder.read(FeedsFolder.complete()).toString())
                .doesNotContain("a-password", "a-token", "0123456789abcdef");
    }

    /** Every key of the feeds file. */
    static Set<String> keys() throws IOException {
        return Pattern.compile("([A-Za-z][A-Za-z0-9]*):(?= |\n)")
                .matcher(FeedsFolder.complete().replaceFirst("#.*\n", ""))
                .results()
                .map((MatchResult key) -> key.group(1))
                .filter(key -> !NOT_OURS.contains(key))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Problem> problems(String yaml) throws IOException {
        FeedsFileException thrown = catchThrowableOfType(FeedsFileException.class, () -> folder.read(yaml));
        assertThat(thrown).as("is refused").isNotNull();
        return thrown.problems();
    }
}
