package org.knockon.streams.app;

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
import org.apache.kafka.streams.StreamsConfig;
import org.knockon.impact.model.Rules;
import org.knockon.schemas.Topics;
import org.knockon.streams.settings.ClockMode;
import org.knockon.streams.settings.PipelineSettings;

/**
 * Settings of the streams app. They are valid: {@link #parse} collects all problems and reports them together.
 *
 * @param applicationId prefix of the consumer group, the transactions and the changelogs; no two apps may share one
 * @param pipeline parameters of the topology
 * @param threads stream threads of this instance
 * @param standbyReplicas number of other instances that keep a copy of each store
 * @param replicationFactor of changelogs; -1 for the broker's default
 * @param stateDir folder of the stores
 * @param onStop whether the instance leaves the group when it stops
 * @param rocksDbMemory bytes for block cache and memtables of all stores of this instance
 * @param httpBind address of the health and metrics endpoints
 * @param httpPort 0 for any free port, -1 for no endpoints
 * @param healthBind address of the plain health and metrics endpoints of the war room and of ingest
 * @param healthPort 0 for any free port, -1 for no endpoints
 * @param client settings of Kafka clients and the registry: {@code bootstrap.servers}, {@code schema.registry.url} and
 *     others
 */
public record StreamsAppSettings(
        String applicationId,
        PipelineSettings pipeline,
        int threads,
        int standbyReplicas,
        int replicationFactor,
        Path stateDir,
        OnStop onStop,
        long rocksDbMemory,
        String httpBind,
        int httpPort,
        String healthBind,
        int healthPort,
        Map<String, Object> client) {

    /** Knock-on's own settings, in the order of docs/settings.md. */
    public static final Map<String, Setting> TABLE = table();

    private static final Duration LONGEST_SKEW = Duration.ofHours(1);

    /**
     * @param byDefault as text
     * @param meaning one line
     */
    public record Setting(String byDefault, String meaning) {}

    public StreamsAppSettings {
        client = Map.copyOf(client);
    }

    /**
     * Parses settings.
     *
     * @param ours by the names of {@link #TABLE}; missing ones take their defaults
     * @param client settings of Kafka clients and the registry
     * @throws SettingsException naming every setting that is unknown, missing or invalid
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
                reading.problems.add(name + " is not a setting; the settings are " + String.join(", ", TABLE.keySet()));
            }
        }
        String prefix = reading.text("prefix");
        ClockMode clock = reading.clock();
        StreamsAppSettings settings = new StreamsAppSettings(
                reading.applicationId(prefix),
                new PipelineSettings(
                        prefix,
                        new Rules(reading.millis("horizon.ms"), reading.zone()),
                        clock,
                        reading.millis("retention.ms"),
                        reading.millis("catalogue.grace.ms"),
                        Math.max(1, reading.millis("max.turn.ms"))),
                reading.number("threads", 1, 256),
                reading.standbyReplicas(client),
                reading.replication(),
                reading.folder("state.dir"),
                reading.onStop(),
                reading.rocksDbMemory(MachineMemory.bytes()),
                reading.required("http.bind"),
                reading.number("http.port", -1, 65_535),
                reading.required("health.bind"),
                reading.number("health.port", -1, 65_535),
                new LinkedHashMap<>(client));
        if (!reading.problems.isEmpty()) {
            throw new SettingsException(reading.problems);
        }
        return settings;
    }

    private static Map<String, Setting> table() {
        Map<String, Setting> table = new LinkedHashMap<>();
        add(table, "prefix", Topics.DEFAULT_PREFIX, "Prefix of every topic name, including its dot");
        add(
                table,
                "application.id",
                "",
                "Name of the consumer group, transactions and changelogs; by default the prefix and `streams`");
        add(
                table,
                "horizon.ms",
                "86400000",
                "How far ahead of the present an outage can cause cancellations and risks");
        add(table, "zone", "Europe/London", "Time zone of the hours and days in cells");
        add(table, "clock", "live", "`live`, or `replay` of an interval of the past");
        add(
                table,
                "clock.skew.ms",
                "120000",
                "Live: how far the clocks of monitors and producers may be ahead of this machine's, at most an hour;"
                        + " the clocks of booking systems may be 5 minutes further ahead");
        add(table, "replay.from", "", "Replay: time of the earliest observation accepted, ISO-8601");
        add(table, "replay.until", "", "Replay: time of the latest observation accepted, ISO-8601");
        add(table, "retention.ms", "34560000000", "How long appointments and outages are kept after they are over");
        add(table, "catalogue.grace.ms", "10000", "How long the catalogue may lag behind events that name its entries");
        add(table, "max.turn.ms", "30", "Longest that one turn works on waiting appointments");
        add(table, "threads", "2", "Stream threads of this instance");
        add(table, "standby.replicas", "0", "Number of other instances that keep a copy of each store");
        add(table, "replication.factor", "-1", "Replication factor of changelogs; -1 for the broker's default");
        add(table, "state.dir", defaultStateDir(), "Folder for the stores");
        add(
                table,
                "on.stop",
                "leave",
                "`leave` the group when the app stops, so that other instances take over at once, or `stay` in it, so"
                        + " that a restart under the same name moves nothing");
        add(
                table,
                "rocksdb.memory",
                "",
                "Bytes of memory for the stores on disk, all together; by default a quarter of the memory of the machine"
                        + " or container");
        add(table, "http.bind", "127.0.0.1", "Address of the health and metrics endpoints");
        add(table, "http.port", "8080", "Port of these endpoints; 0 for any free port, -1 for none");
        add(
                table,
                "health.bind",
                "127.0.0.1",
                "War room and ingest: address of health and metrics endpoints in plain HTTP");
        add(
                table,
                "health.port",
                "-1",
                "War room and ingest: port of these endpoints; 0 for any free port, -1 for none");
        return table;
    }

    private static void add(Map<String, Setting> table, String name, String byDefault, String meaning) {
        table.put(name, new Setting(byDefault, meaning));
    }

    private static String defaultStateDir() {
        return Path.of(System.getProperty("user.home"), ".local", "state", "knockon")
                .toString();
    }

    /** Parses values one by one and collects the problems. */
    private static final class Reading {

        private final Map<String, String> ours;
        private final List<String> problems = new ArrayList<>();

        Reading(Map<String, String> ours) {
            this.ours = ours;
        }

        String text(String name) {
            return ours.getOrDefault(name, TABLE.get(name).byDefault()).trim();
        }

        /** An empty value would silently mean the working directory or all addresses. */
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
                problems.add("application.id may contain letters, digits, dots, dashes and underscores, but it is '"
                        + id + "'");
            }
            return id.isEmpty() ? prefix + "streams" : id;
        }

        long millis(String name) {
            Long millis = read(name, Long::valueOf, "a whole number of milliseconds");
            if (millis != null && millis < 0) {
                problems.add(name + " must not be negative, but is " + millis);
            }
            return millis == null ? 0 : Math.max(0, millis);
        }

        int number(String name, int least, int most) {
            return number(name, text(name), least, most);
        }

        private int number(String name, String text, int least, int most) {
            Integer number = read(name, text, Integer::valueOf, "a whole number");
            if (number != null && (number < least || number > most)) {
                problems.add(name + " must be between " + least + " and " + most + ", but is " + number);
            }
            return number == null ? least : number;
        }

        /** Kafka's own name works too, like that of any other setting of Kafka Streams. */
        int standbyReplicas(Map<String, ?> client) {
            Object kafkas = client.get(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG);
            if (kafkas == null || ours.containsKey("standby.replicas")) {
                return number("standby.replicas", 0, 16);
            }
            return number(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, kafkas.toString(), 0, 16);
        }

        OnStop onStop() {
            OnStop onStop = read("on.stop", OnStop::parse, "leave or stay");
            return onStop == null ? OnStop.LEAVE : onStop;
        }

        /** @param machine memory of the machine or container, bytes */
        long rocksDbMemory(long machine) {
            if (text("rocksdb.memory").isEmpty()) {
                return RocksDbMemory.share(machine);
            }
            Long bytes = read("rocksdb.memory", Long::valueOf, "a whole number of bytes");
            if (bytes != null && bytes < RocksDbMemory.LEAST) {
                problems.add("rocksdb.memory must be at least " + RocksDbMemory.LEAST + " bytes, but is " + bytes);
            }
            return bytes == null ? RocksDbMemory.LEAST : Math.max(RocksDbMemory.LEAST, bytes);
        }

        /** Kafka Streams would accept 0 and fail when it creates the first changelog. */
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

        /** The war room rejects counts that are more than an hour ahead of its clock. */
        private long skew() {
            long skew = millis("clock.skew.ms");
            if (skew > LONGEST_SKEW.toMillis()) {
                problems.add("clock.skew.ms must be at most " + LONGEST_SKEW.toMillis() + ", but is " + skew);
            }
            return skew;
        }

        ClockMode clock() {
            switch (text("clock")) {
                case "live":
                    rejectIfSet("replay.from");
                    rejectIfSet("replay.until");
                    return new ClockMode.Live(skew());
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

        private void rejectIfSet(String name) {
            if (!text(name).isEmpty()) {
                problems.add(name + " is " + text(name) + ", but the clock is live");
            }
        }

        private <T> T read(String name, Function<String, T> parser, String expected) {
            return read(name, text(name), parser, expected);
        }

        private <T> T read(String name, String text, Function<String, T> parser, String expected) {
            try {
                return parser.apply(text.trim());
            } catch (DateTimeException | IllegalArgumentException e) {
                problems.add(name + " must be " + expected + ", but is '" + text + "'");
            }
            return null;
        }
    }
}
