package org.knockon.feeds.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.knockon.feeds.message.FeedRequest;
import org.knockon.feeds.message.Outcome;
import org.knockon.feeds.tables.IdTable;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;

/** What a monitor's messages lead to one after the other. */
class MonitorStateTest {

    private static final long T = Instant.parse("2026-03-10T09:00:00Z").toEpochMilli();
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;

    private final AlertMapper mapper = new AlertMapper(AlertSender.ALERTMANAGER, MonitorFeeds.settings("am"));
    private MonitorState state = MonitorState.EMPTY;

    @Test
    void anAlertThatFiresAgainAfterItsEndIsBelievedOnceNoEndFollows() {
        post(T, alert("firing", T, 0));
        post(T + 10 * MINUTE, alert("resolved", T, T + 9 * MINUTE));
        // The monitor lost sight of Prometheus, and then the same alert came back.
        assertThat(post(T + 11 * MINUTE, alert("firing", T, 0)).message().outcome())
                .isEqualTo(Outcome.IGNORED);
        assertThat(pas(post(T + 11 * MINUTE + 30 * SECOND, WATCHDOG))).isEqualTo(SystemStatus.UP);
        assertThat(pas(post(T + 12 * MINUTE, WATCHDOG))).isEqualTo(SystemStatus.DOWN);
        assertThat(pas(post(T + 12 * MINUTE + 30 * SECOND, alert("firing", T, 0))))
                .isEqualTo(SystemStatus.DOWN);
        assertThat(pas(post(T + 13 * MINUTE, alert("resolved", T, T + 12 * MINUTE + 50 * SECOND))))
                .isEqualTo(SystemStatus.UP);
        assertThat(pas(post(T + 20 * MINUTE, WATCHDOG))).isEqualTo(SystemStatus.UP);
    }

    @Test
    void aNewBeginningEndsTheOldOne() {
        post(T, alert("firing", T, 0));
        post(T + 5 * MINUTE, alert("firing", T + 4 * MINUTE, 0));
        post(T + 6 * MINUTE, alert("resolved", T + 4 * MINUTE, T + 5 * MINUTE + 50 * SECOND));
        assertThat(pas(post(T + 8 * MINUTE, WATCHDOG)))
                .as("the beginning that never got its end")
                .isEqualTo(SystemStatus.UP);
    }

    @Test
    void aRepeatAfterTheEndThatArrivesBeforeTheEndDoesNotStayTheNewest() {
        post(T, alert("firing", T, 0));
        // Delivered late, after attempts that were answered with 503.
        post(T + 100 * SECOND, alert("firing", T, 0));
        List<Observation> observations = post(T + 101 * SECOND, alert("resolved", T, T + 90 * SECOND))
                .message()
                .observations();
        assertThat(observations)
                .extracting(Observation::status, Observation::observedAt)
                .containsExactly(tuple(SystemStatus.UP, T + 90 * SECOND), tuple(SystemStatus.UP, T + 101 * SECOND));
    }

    @Test
    void afterARestartNoHeartbeatSpeaksOfTheTimeWhenNobodyListened() {
        post(T, WATCHDOG);
        MonitorContext restarted = new MonitorContext(T + 30 * MINUTE, T + 29 * MINUTE + 30 * SECOND, id -> true);
        assertThat(mapper.map(request(WATCHDOG), state, restarted).message().outcome())
                .isEqualTo(Outcome.IGNORED);
        MonitorContext later = new MonitorContext(T + 31 * MINUTE, T + 29 * MINUTE + 30 * SECOND, id -> true);
        assertThat(mapper.map(request(WATCHDOG), state, later).message().observations())
                .isNotEmpty();
    }

    @Test
    void changesAreListedBySystem() {
        MonitorState before = state;
        post(T, alert("firing", T - MINUTE, 0));
        assertThat(state.changesSince(before)).containsOnlyKeys("pas");
        assertThat(state.changesSince(state)).isEmpty();
        assertThat(before.changesSince(state)).isEqualTo(Map.of("pas", Optional.empty()));
    }

    @Test
    void endedAlertsAreForgottenAfterAWhile() {
        post(T, alert("firing", T, 0));
        post(T + MINUTE, alert("resolved", T, T + 50 * SECOND));
        post(T + 5 * MINUTE, WATCHDOG);
        assertThat(state.of("pas").reports()).isNotEmpty();
        post(T + 20 * MINUTE, WATCHDOG);
        assertThat(state.of("pas").reports()).isEmpty();
    }

    @Test
    void theMessageOfAPastStateOfAnObjectDoesNotChangeItsNewestState() {
        MonitorSettings icinga = MonitorFeeds.settings("icinga");
        IcingaMapper checks = new IcingaMapper(icinga);
        String line =
                "{\"type\":\"CheckResult\",\"host\":\"pas-db\",\"check_result\":{\"state\":%d,\"execution_end\":%d}}";
        MonitorState known = checks.lines(bytes(line.formatted(2, T / 1000)), state, context(T + SECOND))
                .state();
        MonitorResult late = checks.lines(bytes(line.formatted(0, T / 1000 - 30)), known, context(T + 2 * SECOND));
        assertThat(late.message().observations())
                .extracting(Observation::status, Observation::observedAt)
                .containsExactly(tuple(SystemStatus.UP, T - 30 * SECOND));
        assertThat(late.state().of("pas").statusAt(T + SECOND)).isEqualTo(SystemStatus.DOWN);
    }

    @Test
    void aFeedWithoutHoldRepeatsNothing() {
        post(T, alert("firing", T, 0));
        assertThat(new HoldMapper(MonitorFeeds.settings("am"))
                        .repeat(state, context(T + MINUTE))
                        .message()
                        .observations())
                .isEmpty();
    }

    @Test
    void withAHoldAnAlertIsRepeatedToo() {
        MonitorSettings settings = new MonitorSettings(
                "am",
                "am",
                new IdTable(MonitorFeeds.settings("am").systems().rules(), List.of()),
                MonitorFeeds.severities(),
                Optional.empty(),
                Optional.of(new Hold(10 * MINUTE, MINUTE)),
                7 * MonitorFeeds.DAY);
        MonitorState held = new AlertMapper(AlertSender.ALERTMANAGER, settings)
                .map(request(alert("firing", T, 0)), state, context(T + SECOND))
                .state();
        assertThat(new HoldMapper(settings)
                        .repeat(held, context(T + 2 * MINUTE))
                        .message()
                        .observations())
                .containsExactly(new Observation("pas", SystemStatus.DOWN, T + 2 * MINUTE, "am", "PasDown"));
        assertThat(new HoldMapper(settings)
                        .repeat(held, context(T + 12 * MINUTE))
                        .message()
                        .observations())
                .isEmpty();
    }

    @Test
    void overloadIsNeverAnsweredWith429() {
        assertThat(MonitorResponses.unavailable().status()).isEqualTo(503);
        assertThat(MonitorResponses.unavailable().headers()).containsKey("Retry-After");
    }

    private static final String WATCHDOG = """
            {"version":"4","alerts":[{"status":"firing","labels":{"alertname":"Watchdog"},"fingerprint":"d0"}]}""";

    private static String alert(String status, long starts, long ends) {
        return """
                {"version":"4","alerts":[{"status":"%s","labels":{"alertname":"PasDown","job":"pas"},"fingerprint":"f1",
                 "startsAt":"%s","endsAt":"%s"}]}""".formatted(
                status, Instant.ofEpochMilli(starts), ends == 0 ? "0001-01-01T00:00:00Z" : Instant.ofEpochMilli(ends));
    }

    private MonitorResult post(long receivedAt, String body) {
        MonitorResult result = mapper.map(request(body), state, context(receivedAt));
        state = result.state();
        return result;
    }

    private static MonitorContext context(long receivedAt) {
        return new MonitorContext(receivedAt, 0, id -> true);
    }

    private static FeedRequest request(String body) {
        return new FeedRequest("POST", "", Map.of(), bytes(body));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static SystemStatus pas(MonitorResult result) {
        return result.message().observations().stream()
                .filter(observation -> observation.systemId().equals("pas"))
                .reduce((first, second) -> second)
                .orElseThrow()
                .status();
    }
}
