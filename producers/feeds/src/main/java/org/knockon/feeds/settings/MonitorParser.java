package org.knockon.feeds.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.knockon.feeds.tables.IdTable;
import org.knockon.feeds.tables.TextPattern;
import org.knockon.feeds.tables.WordTable;
import org.knockon.impact.model.SystemStatus;
import org.knockon.producers.yaml.Item;
import org.knockon.producers.yaml.Section;

/** Reads feeds of monitors. */
final class MonitorParser {

    private static final List<String> ICINGA_ATTRIBUTES = List.of("host", "service");
    private static final List<String> KUMA_ATTRIBUTES = List.of("monitor", "id", "type", "tag");
    private static final List<SystemStatus> STATUSES =
            List.of(SystemStatus.DOWN, SystemStatus.DEGRADED, SystemStatus.MAINTENANCE);

    private static final List<Map.Entry<TextPattern, Optional<SystemStatus>>> SEVERITIES = List.of(
            severity("critical", Optional.of(SystemStatus.DOWN)),
            severity("error", Optional.of(SystemStatus.DOWN)),
            severity("page", Optional.of(SystemStatus.DOWN)),
            severity("high", Optional.of(SystemStatus.DOWN)),
            severity("warning", Optional.of(SystemStatus.DEGRADED)),
            severity("info", Optional.empty()),
            severity("none", Optional.empty()));

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration WEEK = Duration.ofDays(7);

    private MonitorParser() {}

    private static Map.Entry<TextPattern, Optional<SystemStatus>> severity(String text, Optional<SystemStatus> status) {
        return Map.entry(TextPattern.parse(text), status);
    }

    static AlertSettings alerts(Section section, FeedIdentity identity, List<String> warnings) {
        IdTable systems = systems(section, List.of(), true);
        WordTable<Optional<SystemStatus>> severities =
                TableParser.wordsOrIgnored(section.optional("severities"), STATUSES, SEVERITIES);
        Item heartbeat = section.optional("heartbeat");
        Silence silence = heartbeat.present() ? heartbeat(heartbeat) : hold(section, identity, " or heartbeat");
        if (heartbeat.present()) {
            for (String key : List.of("hold", "refresh")) {
                Item other = section.optional(key);
                if (other.present()) {
                    other.reject("'" + other.path() + "' is given beside heartbeat", "give heartbeat, or hold");
                }
            }
        }
        if (silence instanceof Silence.Heartbeat signs
                && signs.covers().isEmpty()
                && !systems.labels().isEmpty()) {
            warnings.add("feed " + identity.name() + ": a system that only a label names is reported UP after its first"
                    + " alert only; list such systems in 'covers'");
        }
        return new AlertSettings(
                identity,
                systems,
                monitor(section, identity),
                silence,
                severities,
                Bounds.span(section.optional("oldest"), HOUR, Duration.ofDays(90), WEEK));
    }

    static KumaSettings kuma(Section section, FeedIdentity identity) {
        Item heartbeat = section.optional("heartbeat");
        if (heartbeat.present()) {
            heartbeat.reject("Uptime Kuma sends no alert that always fires", "give hold");
        }
        return new KumaSettings(
                identity,
                systems(section, KUMA_ATTRIBUTES, true),
                monitor(section, identity),
                hold(section, identity, ""));
    }

    static IcingaSettings icinga(
            Section section, FeedIdentity identity, Optional<IcingaSettings.Connection> connection) {
        return new IcingaSettings(
                identity, systems(section, ICINGA_ATTRIBUTES, true), monitor(section, identity), connection);
    }

    static Optional<IcingaSettings.Connection> connection(Section section, FileValues files) {
        Optional<URI> url = Urls.web(section.required("url"));
        Optional<Login> login = files.login(section.required("userFile"));
        Optional<Path> authorities = files.authorities(section.optional("caFile"));
        return url.isPresent() && login.isPresent()
                ? Optional.of(new IcingaSettings.Connection(url.get(), login.get(), authorities))
                : Optional.empty();
    }

    private static IdTable systems(Section section, List<String> attributes, boolean labels) {
        Item item = section.required("systems");
        IdTable systems = TableParser.ids(item, attributes, labels);
        if (item.present() && systems.rules().isEmpty() && systems.labels().isEmpty()) {
            item.reject("'" + item.path() + "' names no system", "add {match: {...}, id: ID}");
        }
        return systems;
    }

    static String monitor(Section section, FeedIdentity identity) {
        Item item = section.optional("monitor");
        return item.present() ? TableParser.id(item) : identity.name();
    }

    private static Silence.Heartbeat heartbeat(Item item) {
        try (Section section = item.section()) {
            Set<String> covers = new HashSet<>();
            section.optional("covers").list().forEach(entry -> covers.add(TableParser.id(entry)));
            return new Silence.Heartbeat(
                    TableParser.match(section.required("match"), List.of()),
                    Bounds.span(section.optional("lag"), Duration.ZERO, HOUR, MINUTE),
                    covers);
        }
    }

    /** @param others what may be given in place of hold */
    private static Silence.Hold hold(Section section, FeedIdentity identity, String others) {
        Item hold = section.optional("hold");
        Item refresh = section.optional("refresh");
        if (!hold.present()) {
            section.reject(
                    "'" + identity.name() + "' speaks only on change, so its silence would look like an outage",
                    "give hold" + others);
        }
        Silence.Hold read = new Silence.Hold(
                Bounds.span(hold, MINUTE, WEEK, Duration.ofHours(12)),
                Bounds.span(refresh, SECOND.multipliedBy(5), HOUR, MINUTE));
        if (hold.present() && read.refresh().compareTo(read.age()) >= 0) {
            Item longer = refresh.present() ? refresh : hold;
            longer.reject("'refresh' is not shorter than 'hold'", "repeat a state several times before it is too old");
        }
        return read;
    }
}
