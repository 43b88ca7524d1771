package org.knockon.feeds.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.knockon.feeds.message.FeedRequest;
import org.knockon.feeds.message.FeedResponse;
import org.knockon.feeds.monitor.AlertMapper;
import org.knockon.feeds.monitor.AlertSender;
import org.knockon.feeds.monitor.Heartbeat;
import org.knockon.feeds.monitor.MonitorSettings;
import org.knockon.feeds.publish.Delivery;
import org.knockon.feeds.tables.IdRule;
import org.knockon.feeds.tables.IdTable;
import org.knockon.feeds.tables.TextPattern;
import org.knockon.feeds.tables.WordTable;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;
import org.knockon.schemas.FeedState;

class MonitorReceiverTest {

    private static final long MINUTE = 60_000;
    private static final MonitorSettings SETTINGS = new MonitorSettings(
            "am",
            "am",
            new IdTable(List.of(new IdRule(Map.of("job", TextPattern.parse("pas")), "pas")), List.of()),
            new WordTable<>(List.of()),
            Optional.of(new Heartbeat(Map.of("alertname", TextPattern.parse("Watchdog")), 0, List.of())),
            Optional.empty(),
            7 * 24 * 60 * MINUTE);

    private final TestOutput test = new TestOutput("am");
    private MonitorReceiver receiver = receiver();

    private MonitorReceiver receiver() {
        AlertMapper mapper = new AlertMapper(AlertSender.ALERTMANAGER, SETTINGS);
        return new MonitorReceiver(
                "alertmanager",
                Set.of("POST"),
                AlertMapper.LARGEST_BODY,
                SETTINGS,
                mapper::map,
                Optional.empty(),
                id -> true,
                test.output);
    }

    @Test
    void publishesObservationsWithTheState() {
        assertThat(post(firing(test.now))).isEqualTo(200);

        assertThat(observations())
                .containsExactly(new Observation("pas", SystemStatus.DOWN, test.now, "am", "PasDown"));
        assertThat(test.states()).singleElement().isInstanceOf(FeedState.MonitorReports.class);
    }

    @Test
    void anotherInstanceGoesOnWithTheState() {
        post(firing(test.now));
        test.states().forEach(test.memory::remember);
        receiver = receiver();
        test.published.clear();

        test.now += MINUTE;
        assertThat(post(watchdog())).isEqualTo(200);

        assertThat(observations())
                .extracting(Observation::status)
                .as("the alert still fires")
                .containsExactly(SystemStatus.DOWN);
    }

    @Test
    void whatCameWithoutKafkaIsPublishedLateWithItsOwnTime() {
        test.away = true;
        long began = test.now;
        for (int minute = 0; minute < 20; minute++) {
            assertThat(post(watchdog())).isEqualTo(503);
            test.now += MINUTE;
        }
        test.away = false;

        receiver.publishLate().toCompletableFuture().join();

        assertThat(observations())
                .hasSize(20)
                .allSatisfy(seen -> assertThat(seen.status()).isEqualTo(SystemStatus.UP));
        assertThat(observations().get(0).observedAt()).isEqualTo(began);
        assertThat(observations().get(19).observedAt()).isEqualTo(began + 19 * MINUTE);
        test.published.clear();
        receiver.publishLate().toCompletableFuture().join();
        assertThat(observations()).as("once").isEmpty();
    }

    @Test
    void anAlertThatCameWithoutKafkaCountsForTheNextHeartbeat() {
        test.away = true;
        assertThat(post(firing(test.now))).isEqualTo(503);
        test.now += MINUTE;
        test.away = false;

        assertThat(post(watchdog())).isEqualTo(200);

        assertThat(observations()).extracting(Observation::status).containsOnly(SystemStatus.DOWN);
        assertThat(test.states()).as("its state is kept").hasSize(1);
    }

    @Test
    void refusesMoreAlertsThanOneRecordHolds() {
        StringBuilder alerts = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            alerts.append(i == 0 ? "" : ",").append(alert("PasDown", "f" + i, test.now));
        }

        assertThat(post(message(alerts.toString()))).isEqualTo(413);
        assertThat(observations()).isEmpty();
    }

    @Test
    void whatArrivesDuringAPublicationIsPublishedTogether() {
        test.held = new CompletableFuture<>();
        CompletableFuture<FeedResponse> first = send(firing(test.now));
        test.now += MINUTE;
        CompletableFuture<FeedResponse> second = send(watchdog());
        test.now += MINUTE;
        CompletableFuture<FeedResponse> third = send(watchdog());
        assertThat(test.calls).as("one at a time").hasSize(1);
        assertThat(List.of(first, second, third)).noneMatch(CompletableFuture::isDone);

        CompletableFuture<Delivery> held = test.held;
        test.held = null;
        held.complete(Delivery.ACKNOWLEDGED);

        assertThat(test.calls).hasSize(2);
        assertThat(List.of(first, second, third))
                .allSatisfy(response -> assertThat(response.join().status()).isEqualTo(200));
        assertThat(observations())
                .as("each heartbeat speaks of its own time, with the state after the alert")
                .containsExactly(
                        new Observation("pas", SystemStatus.DOWN, test.now - MINUTE, "am", "PasDown"),
                        new Observation("pas", SystemStatus.DOWN, test.now, "am", "PasDown"));
    }

    @Test
    void nothingOfABatchIsLostWhenKafkaIsAway() {
        test.held = new CompletableFuture<>();
        send(watchdog());
        test.now += MINUTE;
        CompletableFuture<FeedResponse> second = send(firing(test.now));
        test.now += MINUTE;
        CompletableFuture<FeedResponse> third = send(watchdog());
        CompletableFuture<Delivery> held = test.held;
        test.held = null;
        test.away = true;
        held.complete(Delivery.UNAVAILABLE);
        assertThat(second.join().status()).isEqualTo(503);
        assertThat(third.join().status()).isEqualTo(503);
        test.away = false;

        receiver.publishLate().toCompletableFuture().join();

        assertThat(observations())
                .extracting(Observation::status)
                .containsExactly(SystemStatus.UP, SystemStatus.DOWN, SystemStatus.DOWN);
        assertThat(test.states()).as("the alert is remembered").isNotEmpty();
    }

    private List<Observation> observations() {
        return test.published.stream()
                .flatMap(each -> each.observations().stream())
                .toList();
    }

    private int post(String body) {
        return send(body).join().status();
    }

    private CompletableFuture<FeedResponse> send(String body) {
        FeedRequest request = new FeedRequest("POST", "", Map.of(), body.getBytes(StandardCharsets.UTF_8));
        return receiver.handle(request, test.now).toCompletableFuture();
    }

    private static String firing(long startsAt) {
        return message(alert("PasDown", "f1", startsAt));
    }

    private String watchdog() {
        return message(alert("Watchdog", "w", test.now - MINUTE));
    }

    private static String message(String alerts) {
        return "{\"version\":\"4\",\"truncatedAlerts\":0,\"alerts\":[" + alerts + "]}";
    }

    private static String alert(String name, String fingerprint, long startsAt) {
        return "{\"status\":\"firing\",\"labels\":{\"alertname\":\"" + name + "\",\"job\":\"pas\"},\"startsAt\":\""
                + Instant.ofEpochMilli(startsAt) + "\",\"fingerprint\":\"" + fingerprint + "\"}";
    }
}
