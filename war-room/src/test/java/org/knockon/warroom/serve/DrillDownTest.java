package org.knockon.warroom.serve;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.ImpactState;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.Priority;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.warroom.WarRoomSettings;
import org.knockon.warroom.board.AffectedAppointments;
import org.slf4j.LoggerFactory;

@Timeout(60)
class DrillDownTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Outage PAS = new Outage(
            "pas", FakeBoard.NOW - 3_600_000, Outage.OPEN, false, Evidence.OBSERVED, FakeBoard.NOW - 3_500_000);
    private static final String KEY = PAS.id().replace("@", "%40").replace(":", "%3A");
    private static final List<String> LISTS = List.of(
            "/outage/%s/appointments", "/api/v1/outages/%s/appointments", "/api/v1/outages/%s/appointments.csv");

    private final HttpClient http = HttpClient.newHttpClient();
    private final FakeBoard board = new FakeBoard();
    private final Logger logger = (Logger) LoggerFactory.getLogger("org.knockon.audit");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private WarRoomServer server;

    @BeforeEach
    void start() {
        log.start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(log);
        board.write(events ->
                events.outage(PAS.id(), new PublishedOutage(PAS, List.of(PAS.id()), List.of(), List.of("clinic"))));
        board.postponed(9);
        server = WarRoomServer.start(
                new WarRoomSettings(
                        Map.of(),
                        "knockon.replay.test.",
                        ZoneId.of("Europe/London"),
                        "127.0.0.1",
                        0,
                        Optional.of("test")),
                board,
                () -> FakeBoard.NOW + 5_000);
    }

    @AfterEach
    void stop() {
        server.close();
        logger.detachAppender(log);
    }

    @Test
    void servesAnOutageAsPageAndAsJson() throws Exception {
        board.write(to -> to.counts(
                new Cell(Dimension.OUTAGE, PAS.id()), new ImpactCounts(0, 0, 0, 1234, 0, 0, 0, 0), FakeBoard.NOW));

        HttpResponse<String> page = get("/outage/" + KEY);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .doesNotContain("unsafe");
        assertThat(page.body()).contains("EXERCISE, synthetic data: test", "1,234", "As of");
        JsonNode json = JSON.readTree(get("/api/v1/outages/" + KEY).body());
        assertThat(json.get("outageId").textValue()).isEqualTo(PAS.id());
        assertThat(json.get("figures").get("postponed").longValue()).isEqualTo(1234);
        assertThat(get("/outage/" + PAS.id()).statusCode())
                .as("as a browser may encode it")
                .isEqualTo(200);
        assertThat(get("/outage/nothing").statusCode()).isEqualTo(404);
        assertThat(get("/outage/" + KEY + "?at=" + (FakeBoard.NOW - 3_550_000)).statusCode())
                .as("not confirmed then")
                .isEqualTo(404);
        assertThat(get("/outage/" + KEY + "?at=" + (FakeBoard.NOW + 1)).statusCode())
                .isEqualTo(400);
    }

    @Test
    void servesACellAndRejectsInvalidOnes() throws Exception {
        board.wasPostponed(5, FakeBoard.NOW - 600_000);

        assertThat(get("/cell?dimension=ALL").body()).contains("<td class=\"number\">9</td>");
        assertThat(JSON.readTree(get("/api/v1/cells?dimension=ALL&at=" + (FakeBoard.NOW - 300_000))
                                .body())
                        .get("figures")
                        .get("postponed")
                        .longValue())
                .isEqualTo(5);
        assertThat(get("/cell?dimension=SITE_CATEGORY&key=%3Cb%3E%2FTHEATRE").body())
                .contains("Site <bdi>&lt;b&gt;</bdi>, theatre")
                .doesNotContain("<b>");
        assertThat(get("/cell?dimension=SLOT_HOUR&key=2022-10-30T01%2B01%3A00").body())
                .contains("Slot hour \u20682022-10-30T01+01:00\u2069");
        assertThat(get("/cell?dimension=SLOT_HOUR&key=2022-10-30T01+01:00").body())
                .as("a plus that is not encoded arrives as a space")
                .contains("%2B");
        for (String wrong : List.of(
                "",
                "?dimension=ROOF",
                "?dimension=SERVICE&key=a",
                "?dimension=CATEGORY",
                "?dimension=SLOT_HOUR&key=2022-10-30T01",
                "?dimension=SLOT_HOUR&key=2022-10-30T01+01:00")) {
            assertThat(get("/cell" + wrong).statusCode()).as(wrong).isEqualTo(400);
            assertThat(get("/api/v1/cells" + wrong).statusCode()).as(wrong).isEqualTo(400);
        }
    }

    @Test
    void listsAppointmentsAndLogsEachView() throws Exception {
        board.appointments(new AffectedAppointments.Rows(List.of(row("A-77"), row("=A-78")), true));

        for (String list : LISTS) {
            HttpResponse<String> answer = get(list.formatted(KEY));
            assertThat(answer.statusCode()).as(list).isEqualTo(200);
            assertThat(answer.body()).contains("A-77");
            assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        }
        assertThat(get(LISTS.get(0).formatted(KEY)).body()).contains("INCOMPLETE LIST: there are more appointments");
        assertThat(JSON.readTree(get(LISTS.get(1).formatted(KEY)).body())
                        .get("cut")
                        .booleanValue())
                .isTrue();
        assertThat(get(LISTS.get(2).formatted(KEY)).body())
                .contains("EXERCISE," + PAS.id() + ",A-77,", "'=A-78", "INCOMPLETE LIST: there are more appointments");
        assertThat(log.list).hasSize(6);
        assertThat(log.list.get(0).getFormattedMessage())
                .isEqualTo("appointments seen: at=2022-07-19T15:42:05Z who=- outage=" + PAS.id() + " rows=2 form=page");
        assertThat(log.list).noneMatch(line -> line.getFormattedMessage().contains("A-7"));
    }

    @Test
    void countsAnOutageWithoutShowingIds() throws Exception {
        board.appointments(new AffectedAppointments.Rows(List.of(row("A-77"), row("A-78")), true));
        String page = "/outage/" + KEY + "/counts";
        String json = "/api/v1/outages/" + KEY + "/counts";

        assertThat(get("/outage/" + KEY).body()).contains("Count by category and specialty");
        assertThat(get(page).body())
                .contains("EXERCISE: This outage by category", "Outpatient", "INCOMPLETE COUNTS: the outage has more")
                .contains("Unknown: the catalogue has no such care service, or no specialty for it")
                .doesNotContain("A-7", "the current state");
        JsonNode counts = JSON.readTree(get(json).body());
        assertThat(counts.get("cut").booleanValue()).isTrue();
        assertThat(counts.get("readAt").textValue()).isEqualTo("2022-07-19T15:42:05Z");
        assertThat(counts.get("byCategory")
                        .get(0)
                        .get("figures")
                        .get("postponed")
                        .longValue())
                .isEqualTo(2);
        assertThat(counts.get("bySpecialty").get(0).get("value").textValue()).isEmpty();
        assertThat(counts.toString()).doesNotContain("A-7");
        board.wasPostponed(5, FakeBoard.NOW - 600_000);
        assertThat(get(page + "?at=" + (FakeBoard.NOW - 300_000)).body()).contains("The counts show the current state");
        assertThat(board.readToCount()).as("one read for all requests").isEqualTo(1);
        assertThat(log.list).isEmpty();
    }

    @Test
    void reportsThatItIsBusyAndReadsNothingForUnknownOutages() throws Exception {
        board.appointments(null);
        for (String counts : List.of("/outage/%s/counts", "/api/v1/outages/%s/counts")) {
            assertThat(get(counts.formatted("nothing")).statusCode()).isEqualTo(404);
            assertThat(board.readToCount()).isZero();
        }
        for (String counts : List.of("/outage/%s/counts", "/api/v1/outages/%s/counts")) {
            HttpResponse<String> busy = get(counts.formatted(KEY));
            assertThat(busy.statusCode()).isEqualTo(503);
            assertThat(busy.headers().firstValue("Retry-After")).isPresent();
        }
        board.appointments(new AffectedAppointments.Rows(List.of(), false));
        assertThat(get("/outage/" + KEY + "/counts").statusCode()).isEqualTo(200);
    }

    @Test
    void logsNothingIfNothingWasShown() throws Exception {
        for (String list : LISTS) {
            assertThat(get(list.formatted("nothing")).statusCode()).isEqualTo(404);
        }
        board.appointments(null);
        for (String list : LISTS) {
            HttpResponse<String> busy = get(list.formatted(KEY));
            assertThat(busy.statusCode()).isEqualTo(503);
            assertThat(busy.headers().firstValue("Retry-After")).isPresent();
        }
        assertThat(log.list).isEmpty();
    }

    @Test
    void showsNoNumbersBeforeTheHistory() throws Exception {
        JsonNode never = JSON.readTree(
                        get("/api/v1/state?at=" + (FakeBoard.NOW - 60_000)).body())
                .get("board");
        assertThat(never.get("historyFrom").isNull()).isTrue();
        assertThat(never.get("postponed").isNull()).isTrue();
        board.wasPostponed(5, FakeBoard.NOW - 600_000);

        JsonNode before = JSON.readTree(
                        get("/api/v1/state?at=" + (FakeBoard.NOW - 600_001)).body())
                .get("board");
        assertThat(before.get("historyFrom").longValue()).isEqualTo(FakeBoard.NOW - 600_000);
        for (String number : List.of("postponed", "atRisk", "waiting", "heat", "backlog")) {
            assertThat(before.get(number).isNull()).as(number).isTrue();
        }
        assertThat(before.get("hours")).isEmpty();
        assertThat(before.get("outages").get(0).get("postponed").isNull()).isTrue();
        JsonNode then = JSON.readTree(
                        get("/api/v1/state?at=" + (FakeBoard.NOW - 600_000)).body())
                .get("board");
        assertThat(then.get("postponed").get("postponed").longValue()).isEqualTo(5);
    }

    private static AffectedAppointments.Row row(String id) {
        return new AffectedAppointments.Row(
                id,
                "clinic",
                "SITE",
                Category.OUTPATIENT,
                Priority.URGENT,
                FakeBoard.NOW,
                FakeBoard.NOW,
                null,
                ImpactState.AWAITING_DATE);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
