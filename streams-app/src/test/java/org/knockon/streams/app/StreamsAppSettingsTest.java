package org.knockon.streams.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.knockon.streams.settings.ClockMode;

class StreamsAppSettingsTest {

    private static final Map<String, String> CLIENT =
            Map.of("bootstrap.servers", "broker:9092", "schema.registry.url", "http://registry:8081");
    private static final Map<String, String> REPLAY =
            Map.of("clock", "replay", "replay.from", "2022-07-11T00:00:00Z", "replay.until", "2022-09-21T00:00:00Z");

    /** @param part returns the part of the settings that holds the value */
    record Good(
            String name,
            String value,
            Map<String, String> others,
            Function<StreamsAppSettings, Object> part,
            Object is) {
        @Override
        public String toString() {
            return name + "=" + value;
        }
    }

    static Stream<Good> goodValues() {
        return Stream.of(
                good("prefix", "ward.", settings -> settings.pipeline().prefix(), "ward."),
                good("application.id", "ward", StreamsAppSettings::applicationId, "ward"),
                good(
                        "horizon.ms",
                        "43200000",
                        settings -> settings.pipeline().rules().horizon(),
                        43_200_000L),
                good(
                        "zone",
                        "Europe/Dublin",
                        settings -> settings.pipeline().rules().zone(),
                        ZoneId.of("Europe/Dublin")),
                good("clock", "live", settings -> settings.pipeline().clock(), new ClockMode.Live(120_000)),
                good("clock.skew.ms", "30000", settings -> settings.pipeline().clock(), new ClockMode.Live(30_000)),
                new Good(
                        "replay.from",
                        "2022-07-19T13:00:00Z",
                        REPLAY,
                        StreamsAppSettingsTest::from,
                        "2022-07-19T13:00:00Z"),
                new Good(
                        "replay.until",
                        "2022-07-20T13:00:00Z",
                        REPLAY,
                        StreamsAppSettingsTest::until,
                        "2022-07-20T13:00:00Z"),
                good(
                        "retention.ms",
                        "2592000000",
                        settings -> settings.pipeline().retentionMs(),
                        2_592_000_000L),
                good(
                        "catalogue.grace.ms",
                        "60000",
                        settings -> settings.pipeline().catalogueGraceMs(),
                        60_000L),
                good("max.turn.ms", "100", settings -> settings.pipeline().maxTurnMs(), 100L),
                good("threads", "7", StreamsAppSettings::threads, 7),
                good("standby.replicas", "1", StreamsAppSettings::standbyReplicas, 1),
                good("replication.factor", "3", StreamsAppSettings::replicationFactor, 3),
                good("state.dir", "stores", StreamsAppSettings::stateDir, Path.of("stores")),
                good("on.stop", "stay", StreamsAppSettings::onStop, OnStop.STAY),
                good("rocksdb.memory", "268435456", StreamsAppSettings::rocksDbMemory, 268_435_456L),
                good("http.bind", "0.0.0.0", StreamsAppSettings::httpBind, "0.0.0.0"),
                good("http.port", "0", StreamsAppSettings::httpPort, 0),
                good("health.bind", "0.0.0.0", StreamsAppSettings::healthBind, "0.0.0.0"),
                good("health.port", "8091", StreamsAppSettings::healthPort, 8091));
    }

    @ParameterizedTest
    @MethodSource("goodValues")
    void parses(Good good) {
        Map<String, String> ours = new HashMap<>(good.others());
        ours.put(good.name(), good.value());

        assertThat(good.part().apply(StreamsAppSettings.parse(ours, CLIENT))).isEqualTo(good.is());
    }

    @Test
    void everySettingIsTested() {
        assertThat(goodValues().map(Good::name)).containsExactlyElementsOf(StreamsAppSettings.TABLE.keySet());
    }

    @ParameterizedTest
    @CsvSource({
        "application.id, two words",
        "horizon.ms, PT24H",
        "horizon.ms, -1",
        "zone, Europe/Londn",
        "clock, stopped",
        "clock.skew.ms, soon",
        "replay.from, yesterday",
        "replay.until, 2022-01-01T00:00:00Z",
        "replay.until, 2022-09-21",
        "retention.ms, 99999999999999999999",
        "catalogue.grace.ms, 10 s",
        "max.turn.ms, -1000",
        "threads, 0",
        "threads, many",
        "standby.replicas, 17",
        "replication.factor, 0",
        "replication.factor, -2",
        "state.dir, ''",
        "on.stop, LEAVE",
        "on.stop, ''",
        "rocksdb.memory, 256MB",
        "rocksdb.memory, 16777215",
        "http.bind, ''",
        "http.port, 65536",
        "health.bind, ''",
        "health.port, -2"
    })
    void reportsAnInvalidValueWithItsName(String name, String bad) {
        Map<String, String> ours = new HashMap<>(name.startsWith("replay.") ? REPLAY : Map.of());
        ours.put(name, bad);

        assertThat(problems(ours, CLIENT)).singleElement().asString().contains(name);
    }

    @ParameterizedTest
    @CsvSource({"replay.from, 2022-07-11T00:00:00Z", "replay.until, 2022-09-21T00:00:00Z"})
    void aLiveClockRejectsTheBoundsOfAReplay(String name, String value) {
        assertThat(problems(Map.of(name, value), CLIENT))
                .containsExactly(name + " is " + value + ", but the clock is live");
    }

    @Test
    void reportsAllProblemsTogether() {
        assertThat(problems(Map.of("thread", "4", "http.port", "web"), Map.of("schema.registry.url", " ")))
                .satisfiesExactly(
                        problem -> assertThat(problem).isEqualTo("bootstrap.servers is missing"),
                        problem -> assertThat(problem).isEqualTo("schema.registry.url is missing"),
                        problem -> assertThat(problem).startsWith("thread is not a setting; the settings are prefix, "),
                        problem -> assertThat(problem).isEqualTo("http.port must be a whole number, but is 'web'"));
    }

    @Test
    void theDefaultsAreValidAndThePrefixNamesTheApplication() {
        assertThatCode(() -> StreamsAppSettings.parse(Map.of(), CLIENT)).doesNotThrowAnyException();
        assertThat(StreamsAppSettings.parse(Map.of("prefix", "ward."), CLIENT).applicationId())
                .isEqualTo("ward.streams");
    }

    @Test
    void storesGetAQuarterOfTheMachineUnlessTheyAreGivenMore() {
        assertThat(StreamsAppSettings.parse(Map.of(), CLIENT).rocksDbMemory())
                .isEqualTo(RocksDbMemory.share(MachineMemory.bytes()));
    }

    @Test
    void acceptsKafkasNameOfStandbyReplicas() {
        Map<String, String> client = new HashMap<>(CLIENT);
        client.put("num.standby.replicas", "2");

        assertThat(StreamsAppSettings.parse(Map.of(), client).standbyReplicas()).isEqualTo(2);
        assertThat(StreamsAppSettings.parse(Map.of("standby.replicas", "1"), client)
                        .standbyReplicas())
                .isEqualTo(1);
        client.put("num.standby.replicas", "some");
        assertThat(problems(Map.of(), client))
                .containsExactly("num.standby.replicas must be a whole number, but is 'some'");
    }

    @Test
    void passesClientSettingsOn() {
        assertThat(StreamsAppSettings.parse(Map.of(), CLIENT).client()).isEqualTo(CLIENT);
    }

    private static Good good(String name, String value, Function<StreamsAppSettings, Object> part, Object is) {
        return new Good(name, value, Map.of(), part, is);
    }

    private static List<String> problems(Map<String, String> ours, Map<String, String> client) {
        SettingsException thrown =
                catchThrowableOfType(SettingsException.class, () -> StreamsAppSettings.parse(ours, client));
        assertThat(thrown).as("rejection of %s", ours).isNotNull();
        return thrown.problems();
    }

    private static Object from(StreamsAppSettings settings) {
        return Instant.ofEpochMilli(((ClockMode.Replay) settings.pipeline().clock()).from())
                .toString();
    }

    private static Object until(StreamsAppSettings settings) {
        return Instant.ofEpochMilli(((ClockMode.Replay) settings.pipeline().clock()).until())
                .toString();
    }
}
