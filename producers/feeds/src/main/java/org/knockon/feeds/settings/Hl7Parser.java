package org.knockon.feeds.settings;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.knockon.feeds.mllp.MllpSettings;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.producers.yaml.Item;
import org.knockon.producers.yaml.Section;
import org.knockon.server.access.BindAddress;
import org.knockon.server.tls.PemFiles;

/** Reads a feed of HL7 v2. */
final class Hl7Parser {

    private static final List<String> STARTS = List.of("TQ1-7", "SCH-11.4", "AIS-4", "AIL-6", "AIG-8", "AIP-6");
    private static final List<String> TRIGGERS =
            IntStream.rangeClosed(12, 27).mapToObj(number -> "S" + number).toList();
    private static final List<String> PROCESSING = List.of("P", "T", "D");
    private static final List<String> ON_REFUSAL = List.of("answer", "accept");
    static final List<AppointmentStatus> STATUSES = Arrays.stream(AppointmentStatus.values())
            .filter(status -> status != AppointmentStatus.UNKNOWN)
            .toList();

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;
    private static final int MOST_CONNECTIONS = 10_000;

    private final FileValues files;
    private final ExtractParser extracts;
    private final List<String> warnings;
    private final Map<String, String> listeners;

    Hl7Parser(FileValues files, ExtractParser extracts, List<String> warnings, Map<String, String> listeners) {
        this.files = files;
        this.extracts = extracts;
        this.warnings = warnings;
        this.listeners = listeners;
    }

    Hl7Settings read(Section section, FeedIdentity identity) {
        return new Hl7Settings(
                identity,
                BookingParser.hl7(section, extracts),
                listener(section, identity),
                section.required("zone").zone(ZoneOffset.UTC),
                charset(section.optional("charset")),
                triggers(section.optional("triggers")),
                TableParser.wordsOrIgnored(section.optional("statuses"), STATUSES, List.of()),
                oneOfEach(section.optional("startFrom"), STARTS, "field that holds a start", STARTS),
                Set.copyOf(oneOfEach(
                        section.optional("processing"), PROCESSING, "value of MSH-11", List.of(PROCESSING.get(0)))),
                rebooking(section.optional("rebooking")),
                onRefusal(section.optional("onRefusal")));
    }

    private MllpSettings listener(Section section, FeedIdentity identity) {
        Item bindItem = section.optional("bind");
        Item portItem = section.required("port");
        Item certificate = section.optional("tlsCert");
        Item clientCa = section.optional("clientCa");
        String bind = bindItem.text("127.0.0.1");
        int port = (int) portItem.whole(0, 65_535, 0);
        boolean insecure = section.optional("insecure").flag(false);
        if (clientCa.present() && !certificate.present()) {
            clientCa.reject(
                    "'" + clientCa.path() + "' is given without TLS", "give tlsCert and tlsKey, or leave it out");
        }
        if (!BindAddress.loopback(bind)) {
            if (insecure) {
                warnings.add("feed " + identity.name() + " is insecure: everybody who reaches port " + port
                        + " can send appointments, and read them on the way");
            } else if (!certificate.present() || !clientCa.present()) {
                bindItem.reject(
                        "other machines can send to '" + identity.name() + "' without a certificate",
                        "give tlsCert, tlsKey and clientCa, or insecure: true");
            }
        }
        String taken = port == 0 ? null : listeners.putIfAbsent(FeedReader.address(bind, port), identity.name());
        if (taken != null) {
            portItem.reject("port " + port + " is that of " + taken + " already", "give each a port of its own");
        }
        Optional<PemFiles> tls = files.pem(certificate, section.optional("tlsKey"));
        Optional<Path> authorities = files.authorities(clientCa);
        return new MllpSettings(
                identity.name(),
                bind,
                port,
                tls,
                tls.flatMap(pair -> authorities),
                insecure,
                Bounds.span(
                        section.optional("answerWithin"),
                        Duration.ofMillis(100),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(4)),
                (int) section.optional("maxConnections").whole(1, MOST_CONNECTIONS, 100),
                Bounds.span(section.optional("idle"), SECOND, DAY, Duration.ofMinutes(30)),
                Bounds.size(section.optional("maxFrame"), KIB, 64 * MIB, MIB));
    }

    static Charset charset(Item item) {
        String name = item.text(null);
        try {
            return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            item.reject("there is no character set '" + name + "'", "write it as UTF-8, ISO-8859-1 or windows-1252");
            return StandardCharsets.UTF_8;
        }
    }

    private static Map<String, Optional<AppointmentStatus>> triggers(Item item) {
        Map<String, Optional<AppointmentStatus>> triggers = new LinkedHashMap<>();
        try (Section section = item.section()) {
            section.entries().forEach((trigger, status) -> {
                if (!TRIGGERS.contains(trigger)) {
                    section.rejectUnknownKey(trigger, "trigger", TRIGGERS);
                }
                triggers.put(trigger, TableParser.orIgnored(status, STATUSES));
            });
        }
        return triggers;
    }

    private static List<String> oneOfEach(Item item, List<String> allowed, String what, List<String> fallback) {
        if (!item.present()) {
            return fallback;
        }
        Set<String> chosen = new LinkedHashSet<>();
        List<Item> entries = item.list();
        if (entries.isEmpty()) {
            item.reject("'" + item.path() + "' has no entry", "leave it out for " + String.join(", ", fallback));
        }
        for (Item entry : entries) {
            chosen.add(entry.reference(what, allowed, allowed.get(0)));
        }
        return new ArrayList<>(chosen);
    }

    private static Optional<Duration> rebooking(Item item) {
        if (!item.present()) {
            return Optional.empty();
        }
        try (Section section = item.section()) {
            return Optional.of(Bounds.span(
                    section.required("within"), Duration.ofHours(1), Duration.ofDays(400), Duration.ofDays(90)));
        }
    }

    private static boolean onRefusal(Item item) {
        return item.reference("answer to refused messages", ON_REFUSAL, ON_REFUSAL.get(0))
                .equals(ON_REFUSAL.get(1));
    }
}
