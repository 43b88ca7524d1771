package org.knockon.streams.app;

import org.knockon.impact.model.Rules;
import org.knockon.schemas.Topics;
import org.knockon.streams.settings.ClockMode;
import org.knockon.streams.settings.PipelineSettings;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * How the streams app runs. Cannot be wrong: {@link #parse} collects every problem and reports them together.
 *
 * @param applicationId names the consumer group, the transactions and the changelogs; two apps must not share one
 * @param pipeline what the topology is told
 * @param threads stream threads of this instance
 * @param standbyReplicas further instances that keep a warm copy of each store
 * @param replicationFactor of changelogs; -1 for the broker's default
 * @param stateDir folder of the stores
 * @param httpBind address that health and metrics are served on
 * @param httpPort 0 for any free port, -1 to serve none
 * @param client settings of Kafka clients and the registry: {@code bootstrap.servers}, {@code schema.registry.url} and others
 */
public record StreamsAppSettings(
        String applicationId,
        PipelineSettings pipeline,
        int threads,
        int standbyReplicas,
        int replicationFactor,
        Path stateDir,
        String httpBind,
        int httpPort,
        Map<String, Object> client) {

    /** Every setting of ours, in the order of docs/settings.md. */
    public static final Map<String, Setting> TABLE = table();

    /**
     * @param byDefault as text
     * @param meaning one line
     */
    public record Setting(String byDefault, String meaning) {}

    public StreamsAppSettings {
        client = Map.copyOf(client);
    }

    /**
     * Reads settings as text.
     *
     * @param ours by the names of {@link #TABLE}; those left out take their defaults
     * @param client settings of Kafka clients and the registry
     * @throws SettingsException naming every setting that is unknown, missing or wrong
     */
    public static StreamsAppSettings parse(Map<String, String> ours, Map<String, ?> client) {
        Reading reading = new Reading(ours);
        for (String required : List.of("bootstrap.servers", "schema.registry.url")) {
            if (client.get(required) == null || client.get(required).toString().isBlank()) {
                reading.problems.add(required + " is missing");
            }
        }
        for (String name : new TreeSet<>(ours.keySet())) {
            if (!TABLE.containsKey(name)) {
                reading.problems.add(name + " is not a setting; there are " + String.join(", ", TABLE.keySet()));
            }
        }
        String prefix = reading.text("prefix");
        ClockMode clock = reading.clock();
        StreamsAppSettings settings = new StreamsAppSettings(
                reading.applicationId(prefix),
                new PipelineSettings(
                        prefix,
                        new Rules(reading.span("horizon"), reading.zone()),
                        clock,
                        reading.span("retention"),
                        reading.span("catalogue.grace"),
                        Math.max(1, reading.span("slice"))),
                reading.number("threads", 1, 256),
                reading.number("standby.replicas", 0, 16),
                reading.replication(),
                reading.folder("state.dir"),
                reading.required("http.bind"),
                reading.number("http.port", -1, 65_535),
                new LinkedHashMap<>(client));
        if (!reading.problems.isEmpty()) {
            throw new SettingsException(reading.problems);
        }
        return settings;
    }

    private static Map<String, Setting> table() {
        Map<String, Setting> table = new LinkedHashMap<>();
        add(table, "prefix", Topics.DEFAULT_PREFIX, "Prefix of every topic, its dot included");
        add(
                table,
                "application.id",
                "",
                "Consumer group, transactions and changelogs; the prefix and `streams` by default");
        add(table, "horizon", "PT24H", "How far ahead cancellations and risks are put down to an outage");
        add(table, "zone", "Europe/London", "Local time of hours and days in cells");
        add(table, "clock", "live", "`live`, or `replay` of a stretch of the past");
        add(
                table,
                "clock.skew",
                "PT2M",
                "Live: how far ahead of ours the clocks of monitors, booking systems and producers may be");
        add(table, "replay.from", "", "Replay: the earliest observation accepted, ISO-8601");
        add(table, "replay.until", "", "Replay: the latest observation accepted, ISO-8601");
        add(table, "retention", "P400D", "How long things are remembered after they are over");
        add(table, "catalogue.grace", "PT10S", "How long the catalogue may lag behind events that name its entries");
        add(table, "slice", "PT0.03S", "Longest that one step works through waiting appointments");
        add(table, "threads", "2", "Stream threads of this instance");
        add(table, "standby.replicas", "0", "Further instances that keep a warm copy of each store");
        add(table, "replication.factor", "-1", "Of changelogs; -1 for the broker's default");
        add(table, "state.dir", defaultStateDir(), "Folder of the stores");
        add(table, "http.bind", "127.0.0.1", "Address that health and metrics are served on");
        add(table, "http.port", "8080", "Their port; 0 for any free one, -1 to serve none");
        return table;
    }

    private static void add(Map<String, Setting> table, String name, String byDefault, String meaning) {
        table.put(name, new Setting(byDefault, meaning));
    }

    private static String defaultStateDir() {
        return Path.of(System.getProperty("user.home"), ".local", "state", "knockon")
                .toString();
    }

    /** Reads values one by one and remembers what was wrong. */
    private static final class Reading {

        private final Map<String, String> ours;
        private final List<String> problems = new ArrayList<>();

        Reading(Map<String, String> ours) {
            this.ours = ours;
        }

        String text(String name) {
            return ours.getOrDefault(name, TABLE.get(name).byDefault()).trim();
        }

        /** Empty would quietly mean the working directory, or every address. */
        String required(String name) {
            String text = text(name);
            if (text.isEmpty()) {
                problems.add(name + " must not be empty");
            }
            return text;
        }

        Path folder(String name) {
            Path folder = read(name, Path::of, "a path");
            return required(name).isEmpty() || folder == null ? Path.of("") : folder;
        }

        String applicationId(String prefix) {
            String id = text("application.id");
            if (!id.matches("[a-zA-Z0-9._-]*")) {
                problems.add("application.id names topics: letters, digits, dots, dashes and underscores, but it is '"
                        + id + "'");
            }
            return id.isEmpty() ? prefix + "streams" : id;
        }

        long span(String name) {
            Long span =
                    read(name, text -> Duration.parse(text).toMillis(), "an ISO-8601 duration such as PT24H or P400D");
            if (span != null && span < 0) {
                problems.add(name + " must not be negative, but is " + text(name));
            }
            return span == null ? 0 : Math.max(0, span);
        }

        int number(String name, int least, int most) {
            Integer number = read(name, Integer::valueOf, "a whole number");
            if (number != null && (number < least || number > most)) {
                problems.add(name + " must be between " + least + " and " + most + ", but is " + number);
            }
            return number == null ? least : number;
        }

        /** Kafka Streams would take a 0 and fail when it creates the first changelog. */
        int replication() {
            int factor = number("replication.factor", -1, 16);
            if (factor == 0) {
                problems.add("replication.factor must be -1 or at least 1, but is 0");
            }
            return factor;
        }

        ZoneId zone() {
            ZoneId zone = read("zone", ZoneId::of, "a time zone such as Europe/London");
            return zone == null ? Rules.DEFAULT.zone() : zone;
        }

        ClockMode clock() {
            switch (text("clock")) {
                case "live":
                    refuse("replay.from");
                    refuse("replay.until");
                    return new ClockMode.Live(span("clock.skew"));
                case "replay":
                    Instant from = read("replay.from", Instant::parse, "an instant such as 2022-07-11T00:00:00Z");
                    Instant until = read("replay.until", Instant::parse, "an instant such as 2022-09-21T00:00:00Z");
                    if (from != null && until != null && until.isBefore(from)) {
                        problems.add("replay.until " + until + " is before replay.from " + from);
                    }
                    return new ClockMode.Replay(
                            from == null ? 0 : from.toEpochMilli(), until == null ? 0 : until.toEpochMilli());
                default:
                    problems.add("clock must be live or replay, but is " + text("clock"));
                    return new ClockMode.Live(0);
            }
        }

        private void refuse(String name) {
            if (!text(name).isEmpty()) {
                problems.add(name + " is " + text(name) + ", but the clock is live");
            }
        }

        private <T> T read(String name, Function<String, T> parser, String expected) {
            try {
                return parser.apply(text(name));
            } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
                problems.add(name + " must be " + expected + ", but is '" + text(name) + "'");
            }
            return null;
        }
    }
}
