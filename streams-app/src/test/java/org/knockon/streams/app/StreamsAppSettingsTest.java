package org.knockon.streams.app;

import org.knockon.streams.settings.ClockMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
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

class StreamsAppSettingsTest {

    private static final Map<String, String> CLIENT =
            Map.of("bootstrap.servers", "broker:9092", "schema.registry.url", "http://registry:8081");
    private static final Map<String, String> REPLAY =
            Map.of("clock", "replay", "replay.from", "2022-07-11T00:00:00Z", "replay.until", "2022-09-21T00:00:00Z");

    /** @param part of the settings that the value is to be found in */
    record Good(
            String name,
            String value,
            Map<String, String> beside,
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
                good("horizon", "PT12H", settings -> settings.pipeline().rules().horizon(), millis("PT12H")),
                good(
                        "zone",
                        "Europe/Dublin",
                        settings -> settings.pipeline().rules().zone(),
                        ZoneId.of("Europe/Dublin")),
                good("clock", "live", settings -> settings.pipeline().clock(), new ClockMode.Live(millis("PT2M"))),
                good("clock.skew", "PT30S", settings -> settings.pipeline().clock(), new ClockMode.Live(30_000)),
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
                good("retention", "P30D", settings -> settings.pipeline().retention(), millis("P30D")),
                good("catalogue.grace", "PT1M", settings -> settings.pipeline().catalogueGrace(), 60_000L),
                good("slice", "PT0.1S", settings -> settings.pipeline().slice(), 100L),
                good("threads", "7", StreamsAppSettings::threads, 7),
                good("standby.replicas", "1", StreamsAppSettings::standbyReplicas, 1),
                good("replication.factor", "3", StreamsAppSettings::replicationFactor, 3),
                good("state.dir", "stores", StreamsAppSettings::stateDir, Path.of("stores")),
                good("http.bind", "0.0.0.0", StreamsAppSettings::httpBind, "0.0.0.0"),
                good("http.port", "0", StreamsAppSettings::httpPort, 0));
    }

    @ParameterizedTest
    @MethodSource("goodValues")
    void takesOver(Good good) {
        Map<String, String> ours = new HashMap<>(good.beside());
        ours.put(good.name(), good.value());

        assertThat(good.part().apply(StreamsAppSettings.parse(ours, CLIENT))).isEqualTo(good.is());
    }

    @Test
    void everySettingIsTriedAbove() {
        assertThat(goodValues().map(Good::name)).containsExactlyElementsOf(StreamsAppSettings.TABLE.keySet());
    }

    @ParameterizedTest
    @CsvSource({
        "application.id, two words",
        "horizon, 24h",
        "horizon, -PT1H",
        "zone, Europe/Londn",
        "clock, stopped",
        "clock.skew, soon",
        "replay.from, yesterday",
        "replay.until, 2022-01-01T00:00:00Z",
        "replay.until, 2022-09-21",
        "retention, P999999999999D",
        "catalogue.grace, 10",
        "slice, -PT1S",
        "threads, 0",
        "threads, many",
        "standby.replicas, 17",
        "replication.factor, 0",
        "replication.factor, -2",
        "state.dir, ''",
        "http.bind, ''",
        "http.port, 65536"
    })
    void reportsWithItsName(String name, String bad) {
        Map<String, String> ours = new HashMap<>(name.startsWith("replay.") ? REPLAY : Map.of());
        ours.put(name, bad);

        assertThat(problems(ours, CLIENT)).singleElement().asString().contains(name);
    }

    @ParameterizedTest
    @CsvSource({"replay.from, 2022-07-11T00:00:00Z", "replay.until, 2022-09-21T00:00:00Z"})
    void aStretchOfThePastIsNoneOfALiveClocks(String name, String value) {
        assertThat(problems(Map.of(name, value), CLIENT))
                .containsExactly(name + " is " + value + ", but the clock is live");
    }

    @Test
    void reportsEverythingThatIsUnknownMissingOrWrongAtOnce() {
        assertThat(problems(Map.of("thread", "4", "http.port", "web"), Map.of("schema.registry.url", " ")))
                .satisfiesExactly(
                        problem -> assertThat(problem).isEqualTo("bootstrap.servers is missing"),
                        problem -> assertThat(problem).isEqualTo("schema.registry.url is missing"),
                        problem -> assertThat(problem).startsWith("thread is not a setting; there are prefix, "),
                        problem -> assertThat(problem).isEqualTo("http.port must be a whole number, but is 'web'"));
    }

    @Test
    void theDefaultsAreGoodAndTheApplicationIsNamedAfterThePrefix() {
        assertThatCode(() -> StreamsAppSettings.parse(Map.of(), CLIENT)).doesNotThrowAnyException();
        assertThat(StreamsAppSettings.parse(Map.of("prefix", "ward."), CLIENT).applicationId())
                .isEqualTo("ward.streams");
    }

    @Test
    void whatIsForTheClientsIsHandedOn() {
        assertThat(StreamsAppSettings.parse(Map.of(), CLIENT).client()).isEqualTo(CLIENT);
    }

    private static Good good(String name, String value, Function<StreamsAppSettings, Object> part, Object is) {
        return new Good(name, value, Map.of(), part, is);
    }

    private static List<String> problems(Map<String, String> ours, Map<String, String> client) {
        SettingsException thrown =
                catchThrowableOfType(SettingsException.class, () -> StreamsAppSettings.parse(ours, client));
        assertThat(thrown).as("refusal of %s", ours).isNotNull();
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

    private static long millis(String span) {
        return Duration.parse(span).toMillis();
    }
}
