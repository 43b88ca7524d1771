package org.knockon.warroom.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.knockon.health.HealthAddress;
import org.knockon.health.HealthServer;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.warroom.WarRoomSettings;
import org.knockon.warroom.access.AccessSettings;
import org.knockon.warroom.board.Board;

/** Health and metrics of the war room in plain HTTP, as a probe and Prometheus read them. */
class PlainEndpointsTest {

    private static final String APPOINTMENTS = "knockon_war_room_appointments";

    private final FakeBoard board = new FakeBoard();
    private final HttpClient http = HttpClient.newHttpClient();
    private WarRoomServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void countsByStateOfAllSitesAndCategoriesAndNothingElse() throws Exception {
        board.write(held -> {
            held.counts(Cell.ALL, counts(9, 10), FakeBoard.NOW);
            held.counts(new Cell(Dimension.CATEGORY, "THEATRE"), counts(3, 4), FakeBoard.NOW);
            held.counts(new Cell(Dimension.SITE_CATEGORY, "RJ121/THEATRE"), counts(1, 2), FakeBoard.NOW);
            held.counts(new Cell(Dimension.SITE_CATEGORY, "RJ121/OUTPATIENT"), counts(3, 4), FakeBoard.NOW);
            held.counts(new Cell(Dimension.SITE_CATEGORY, "R/1/OUTPATIENT"), counts(5, 6), FakeBoard.NOW);
            held.counts(new Cell(Dimension.SPECIALTY, "100"), counts(1, 1), FakeBoard.NOW);
            held.counts(new Cell(Dimension.SYSTEM, "secret-system"), counts(1, 1), FakeBoard.NOW);
            held.counts(new Cell(Dimension.OUTAGE, "pas@2022-07-19T12:00:00Z"), counts(1, 1), FakeBoard.NOW);
        });
        try (HealthServer health = start(Optional.empty())) {
            String metrics = get(health, "/metrics").body();

            assertThat(value(metrics, APPOINTMENTS, "dimension=\"ALL\"", "value=\"\"", "state=\"AT_RISK\""))
                    .hasValue(9);
            assertThat(value(metrics, APPOINTMENTS, "value=\"THEATRE\"", "state=\"AWAITING_DATE\""))
                    .hasValue(4);
            assertThat(value(metrics, APPOINTMENTS, "dimension=\"SITE\"", "value=\"RJ121\"", "state=\"AT_RISK\""))
                    .hasValue(4);
            assertThat(value(metrics, APPOINTMENTS, "value=\"RJ121\"", "state=\"AWAITING_DATE\""))
                    .hasValue(6);
            assertThat(value(metrics, APPOINTMENTS, "value=\"R/1\"", "state=\"AT_RISK\""))
                    .hasValue(5);
            assertThat(metrics.lines().filter(line -> line.startsWith(APPOINTMENTS)))
                    .as("seven states of ALL, one category and two sites")
                    .hasSize(7 * 4)
                    .noneMatch(line -> line.contains("SYSTEM")
                            || line.contains("OUTAGE")
                            || line.contains("SERVICE")
                            || line.contains("SPECIALTY"));
            assertThat(metrics).doesNotContain("secret-system", "exercise");
        }
    }

    @Test
    void countsOpenOutagesAndTheAgeOfTheNewestCount() throws Exception {
        board.write(held -> {
            held.counts(Cell.ALL, counts(0, 0), FakeBoard.NOW - 42_500);
            outage(held, "pas", Outage.OPEN);
            outage(held, "ris", Outage.OPEN);
            outage(held, "epr", FakeBoard.NOW - 1_000);
        });
        try (HealthServer health = start(Optional.empty())) {
            String metrics = get(health, "/metrics").body();

            assertThat(value(metrics, "knockon_war_room_open_outages")).hasValue(2);
            assertThat(value(metrics, "knockon_war_room_newest_count_age_seconds"))
                    .hasValue(42.5);
            assertThat(value(metrics, "knockon_war_room_pipeline_state", "state=\"RUNNING\""))
                    .hasValue(1);
            assertThat(value(metrics, "knockon_war_room_pipeline_state", "state=\"STOPPED\""))
                    .hasValue(0);
            assertThat(value(metrics, "knockon_war_room_pipeline_behind_seconds"))
                    .hasValue(0);
            assertThat(value(metrics, "knockon_war_room_unreadable_records")).hasValue(0);
            for (String name : List.of(APPOINTMENTS, "knockon_war_room_open_outages")) {
                assertThat(metrics).contains("# HELP " + name + " ", "# TYPE " + name + " gauge");
            }
        }
    }

    @Test
    void marksAnExerciseOnEverySeries() throws Exception {
        board.postponed(1);
        try (HealthServer health = start(Optional.of("july"))) {
            assertThat(get(health, "/metrics").body().lines().filter(line -> !line.startsWith("#")))
                    .isNotEmpty()
                    .allMatch(line -> line.contains("exercise=\"july\""));
        }
    }

    /** Zeros would look like real counts. */
    @Test
    void hasNoCountsWhileTheTopicsAreRead() throws Exception {
        board.postponed(1);
        board.ready(false);
        try (HealthServer health = start(Optional.empty())) {
            String metrics = get(health, "/metrics").body();

            assertThat(metrics)
                    .doesNotContain(APPOINTMENTS + "{", "open_outages ", "newest_count_age_seconds ")
                    .contains("knockon_war_room_pipeline_state{");
            assertThat(get(health, "/health/ready").statusCode()).isEqualTo(503);
            assertThat(get(health, "/health/ready").body()).contains("reading the topics");
            assertThat(get(health, "/health/live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void reportsHealthAsThePageDoes() throws Exception {
        board.postponed(1);
        try (HealthServer health = start(Optional.empty())) {
            HttpResponse<String> ready = get(health, "/health/ready");
            while (ready.statusCode() != 200) {
                ready = get(health, "/health/ready");
            }

            assertThat(ready.body()).isEqualTo("ready; pipeline RUNNING");
            assertThat(get(health, "/health/live").body()).isEqualTo("live");
        }
    }

    @Test
    void thereAreNoneUnlessAskedForAndAPortInUseIsNamed() throws Exception {
        assertThat(start(new HealthAddress("127.0.0.1", -1), Optional.empty())).isNull();
        try (ServerSocket taken = new ServerSocket(0)) {
            HealthAddress address = new HealthAddress("0.0.0.0", taken.getLocalPort());
            assertThatThrownBy(() -> start(address, Optional.empty()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("health.port " + taken.getLocalPort() + " on 0.0.0.0 cannot be served: ");
        }
    }

    private HealthServer start(Optional<String> exercise) {
        return start(new HealthAddress("127.0.0.1", 0), exercise);
    }

    private HealthServer start(HealthAddress address, Optional<String> exercise) {
        stop();
        WarRoomSettings settings = new WarRoomSettings(
                Map.of(),
                "knockon.",
                ZoneId.of("Europe/London"),
                "127.0.0.1",
                0,
                exercise,
                AccessSettings.LOCAL,
                address);
        server = WarRoomServer.start(settings, board, () -> FakeBoard.NOW);
        return PlainEndpoints.start(settings, board, server.health());
    }

    private static ImpactCounts counts(long atRisk, long awaitingDate) {
        return new ImpactCounts(atRisk, 0, 0, awaitingDate, 0, 0, 0, 0);
    }

    private static void outage(Board held, String system, long endedAt) {
        long start = FakeBoard.NOW - 3_600_000;
        Outage outage = new Outage(system, start, endedAt, false, Evidence.OBSERVED, start);
        held.outage(outage.id(), new PublishedOutage(outage, List.of(outage.id()), List.of(), List.of()));
    }

    private static OptionalDouble value(String metrics, String name, String... labels) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> List.of(labels).stream().allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst();
    }

    private HttpResponse<String> get(HealthServer health, String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + health.port() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
