package org.knockon.feeds.settings;

import java.util.List;

/** Mistakes in {@code complete.yaml}, at least one of each key, each in one place. */
final class FeedsFileMistakes {

    private FeedsFileMistakes() {}

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

    static List<Mistake> all() {
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
                new Mistake("id", "pacs.example", "id: pacs", "id: pas", "the system 'pas' is given twice"),
                // The same keys once more, in the other kinds of feed that have them.
                new Mistake(
                        "tlsKey",
                        "tlsCert: cert.pem",
                        "    tlsKey: key.pem\n",
                        "",
                        "'feeds[0].tlsCert' is given alone"),
                new Mistake("bind", "bind: [a]", "bind: 0.0.0.0", "bind: [a]", "'feeds[0].bind' must be text"),
                new Mistake(
                        "services",
                        "HealthcareService",
                        "service: HealthcareService/cardio",
                        "clinic: HealthcareService/cardio",
                        "use one of location, service, resource"),
                new Mistake(
                        "tokenFile",
                        "none.token",
                        "tokenFile: am.token\n    monitor",
                        "tokenFile: none.token\n    monitor",
                        "there is no file"),
                new Mistake(
                        "tokenFile",
                        "none.token",
                        "tokenFile: am.token\n    hold",
                        "tokenFile: none.token\n    hold",
                        "there is no file"),
                new Mistake(
                        "tokenFile",
                        "name: kuma",
                        "kuma, tokenFile: am.token",
                        "kuma, tokenFile: none.token",
                        "there is no file"),
                new Mistake(
                        "tokenFile",
                        "name: events",
                        "events, kind: cloudevents, tokenFile: am.token",
                        "events, kind: cloudevents, tokenFile: none.token",
                        "there is no file"),
                new Mistake("systems", "pas*", "{host: \"pas*\"}", "{hots: \"pas*\"}", "did you mean 'host'?"),
                new Mistake(
                        "systems",
                        "Portal web",
                        "{monitor: \"Portal web\"}",
                        "{monitr: \"Portal web\"}",
                        "did you mean 'monitor'?"),
                new Mistake("monitor", "name: events", "monitor: other", "monitor: \"\"", "is empty"),
                new Mistake("name", "name: a/b", "name: probes", "name: a/b", "is no name of a feed"),
                new Mistake("caFile", "caFile: key.pem", "caFile: ca.pem", "caFile: key.pem", "key.pem"));
    }
}
