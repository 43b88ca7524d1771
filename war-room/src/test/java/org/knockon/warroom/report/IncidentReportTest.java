package org.knockon.warroom.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.impact.model.SystemStatus;
import org.knockon.warroom.board.Board;
import org.knockon.warroom.board.BoardSnapshot;
import org.knockon.warroom.board.OffsetRange;
import org.knockon.warroom.page.Json;
import org.knockon.warroom.page.Words;
import org.knockon.warroom.report.IncidentReport.Happening;
import org.knockon.warroom.report.IncidentReport.Origin;

class IncidentReportTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long NOW = at("2022-07-19T15:42:00Z");
    private static final long MINUTE = 60_000;
    private static final Origin EXERCISE = new Origin("july", "knockon.replay.july.", "0.1.0-abc");
    private static final Origin LIVE = new Origin(null, "knockon.", "0.1.0-abc");
    private static final Outage ROOM = outage("room", NOW - 120 * MINUTE, Outage.OPEN);
    private static final Outage PAS = outage("pas", NOW - 118 * MINUTE, NOW - 10 * MINUTE);

    @Test
    void hasTheSameBytesWhateverTheOrderOfRecords() {
        IncidentReport straight = report(incident(), EXERCISE);
        for (long seed = 0; seed < 50; seed++) {
            List<Consumer<Board>> shuffled = new ArrayList<>(incident());
            Collections.shuffle(shuffled, new Random(seed));
            IncidentReport other = report(shuffled, EXERCISE);
            assertThat(ReportHtml.page(other)).as("seed %d", seed).isEqualTo(ReportHtml.page(straight));
            assertThat(Json.of(other)).as("seed %d", seed).isEqualTo(Json.of(straight));
            assertThat(ReportCsv.of(other)).as("seed %d", seed).isEqualTo(ReportCsv.of(straight));
        }
    }

    @Test
    void hasTheSameNumbersInEachFormat() throws Exception {
        IncidentReport report = report(incident(), EXERCISE);
        JsonNode json = JSON.readTree(Json.of(report));
        Map<String, String> csv = csv(report);
        List<String> html = totals(ReportHtml.page(report));

        assertThat(html).as("one total for each breakdown").hasSize(3);
        assertThat(html).containsOnly("1,012 9 7 40 1,000 6 5 1");
        JsonNode all = json.get("summary").get("figures");
        for (String measure : List.of(
                "postponed",
                "unconfirmed",
                "deliveredInDowntime",
                "atRisk",
                "awaitingDate",
                "rebooked",
                "recovered",
                "abandoned",
                "outstanding",
                "delayMinutes")) {
            assertThat(csv.get("all||" + measure))
                    .as(measure)
                    .isEqualTo(all.get(measure).asText());
            for (String breakdown : List.of("byCategory", "bySpecialty", "byDay")) {
                long sum = 0;
                for (JsonNode row : json.get(breakdown)) {
                    sum += row.get("figures").get(measure).longValue();
                }
                assertThat(sum)
                        .as(breakdown + " " + measure)
                        .isEqualTo(all.get(measure).longValue());
            }
        }
        assertThat(csv).containsEntry("day/category|2022-07-19/OUTPATIENT|postponed", "1012");
        assertThat(csv).containsEntry("specialty|110|unconfirmed", "9");
        assertThat(report.quality().problems()).isEmpty();
    }

    @Test
    void reportsBreakdownsThatDoNotAddUp() {
        List<Consumer<Board>> events = new ArrayList<>(incident());
        events.add(counts("CATEGORY|THEATRE", new ImpactCounts(0, 0, 0, 2, 0, 0, 0, 0)));

        assertThat(report(events, LIVE).quality().problems())
                .singleElement()
                .asString()
                .contains(
                        "The breakdown by category has 1,014 postponed and 9 not recorded yet",
                        "the total 1,012 and 9");
    }

    @Test
    void treatsOverrunMaintenanceAsUnplanned() {
        Outage works = new Outage(
                "network", NOW - 900 * MINUTE, NOW - 700 * MINUTE, true, Evidence.OBSERVED, NOW - 900 * MINUTE);
        Outage pas = outage("pas", NOW - 890 * MINUTE, NOW - 300 * MINUTE);
        List<Consumer<Board>> events = new ArrayList<>();
        events.add(board ->
                board.outage(works.id(), new PublishedOutage(works, List.of(works.id()), List.of("pas"), List.of())));
        events.add(
                board -> board.outage(pas.id(), new PublishedOutage(pas, List.of(works.id()), List.of(), List.of())));
        events.add(counts("ALL", ImpactCounts.ZERO));

        IncidentReport report = report(events, LIVE);

        assertThat(report.causes()).singleElement().matches(cause -> !cause.planned());
        assertThat(report.summary().plannedRootCauses()).isZero();
    }

    @Test
    void listsRootCausesWithDependentsAndTimes() {
        IncidentReport report = report(incident(), LIVE);

        IncidentReport.Cause cause = report.causes().get(0);
        assertThat(report.causes()).hasSize(1);
        assertThat(cause.system()).isEqualTo("Server room");
        assertThat(cause.follows()).containsExactly("Patient administration", "records");
        assertThat(cause.endedAt()).isNull();
        assertThat(cause.allBackAt()).isNull();
        assertThat(cause.figures().postponed()).isEqualTo(1012);
        assertThat(report.timeline())
                .extracting(event -> event.what() + " " + event.system())
                .containsExactly(
                        Happening.BEGAN + " Server room",
                        Happening.BEGAN + " Patient administration",
                        Happening.CONFIRMED + " Server room",
                        Happening.CONFIRMED + " Patient administration",
                        Happening.ENDED + " Patient administration");
        assertThat(report.summary().sites()).containsExactly(new IncidentReport.Site("SITE1", "Guy's Hospital"));
        assertThat(ReportHtml.page(report)).contains("<td><bdi>Guy&#x27;s Hospital</bdi> (<bdi>SITE1</bdi>)</td>");
        assertThat(report.summary().sentences().get(0))
                .isEqualTo(
                        "1 root cause made 3 systems unavailable, which 1 care service needs. The first outage began on"
                                + " 19 July 2022 14:42 BST; at 19 July 2022 16:42 BST at least one was still open.");
        assertThat(report.summary().sentences().get(1))
                .isEqualTo(
                        "1,012 appointments were postponed. For a further 9 whose time has passed, the outcome is not"
                                + " recorded yet. 7 were seen on paper.");
    }

    @Test
    void reportsThePastWithWhatWasConfirmedAndCountedByThen() {
        List<Consumer<Board>> events = new ArrayList<>(incident());
        events.add(board -> board.history(Cell.ALL, new ImpactCounts(0, 0, 0, 3, 0, 0, 0, 0), NOW - 60 * MINUTE));
        Board board = new Board(ZoneId.of("Europe/London"));
        events.forEach(event -> event.accept(board));

        IncidentReport then = IncidentReport.of(board.snapshot(NOW - 30 * MINUTE, true, input()), LIVE);

        assertThat(then.fromHistory()).isTrue();
        assertThat(then.summary().figures().postponed()).isEqualTo(3);
        assertThat(then.timeline()).extracting(IncidentReport.Event::what).doesNotContain(Happening.ENDED);
        assertThat(ReportHtml.page(then)).contains("/report.csv?at=" + (NOW - 30 * MINUTE));
        IncidentReport before = IncidentReport.of(board.snapshot(NOW - 116 * MINUTE, true, input()), LIVE);
        assertThat(before.timeline()).as("begun but not confirmed").isEmpty();
        assertThat(then.quality().countedUntil()).isEqualTo(Instant.ofEpochMilli(NOW - 60 * MINUTE));
        assertThat(then.quality().problems()).noneMatch(problem -> problem.contains("history"));
        assertThat(before.quality().problems()).anyMatch(problem -> problem.contains("history has no entry"));
    }

    @Test
    void escapesMarkupAndFormulas() {
        String hostile = "=cmd(\"<script>alert('1')</script>\", & more)";
        List<Consumer<Board>> events = new ArrayList<>(incident());
        events.add(board -> board.system("room", system("room", hostile)));
        IncidentReport report = report(events, new Origin("</title><img src=x>", "knockon.", "<b>"));

        for (String html : List.of(ReportHtml.page(report), ReportHtml.file(report, "p { color: red }"))) {
            assertThat(html)
                    .doesNotContain("<script", "<img", "<b>", "onerror")
                    .contains("&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;");
        }
        assertThat(ReportCsv.of(report))
                .contains(",\"'=cmd(\"\"<script>alert('1')</script>\"\", & more)\"\r\n")
                .doesNotContain("\"=cmd");
    }

    @Test
    void marksEverythingOfAnExerciseAndNothingElse() {
        IncidentReport exercise = report(incident(), EXERCISE);
        String html = ReportHtml.page(exercise);
        assertThat(html)
                .contains("<title>EXERCISE: ", "<h1>EXERCISE: ", "EXERCISE, synthetic data: july")
                .doesNotContain("<script", "<canvas");
        assertThat(matches("<caption>", html)).isPositive().isEqualTo(matches("<caption>EXERCISE: ", html));
        assertThat(ReportCsv.of(exercise).lines().skip(1)).allMatch(line -> line.startsWith("EXERCISE,"));
        IncidentReport live = report(incident(), LIVE);
        assertThat(ReportHtml.page(live)).doesNotContain("EXERCISE", "synthetic");
        assertThat(ReportCsv.of(live)).doesNotContain("EXERCISE");
        assertThat(ReportCsv.of(live).lines().skip(1)).allMatch(line -> line.startsWith("LIVE,"));
    }

    @Test
    void showsTimesWithTheZoneOfTheSeason() {
        Words words = new Words(ZoneId.of("Europe/London"));
        assertThat(words.time(Instant.parse("2022-07-19T15:42:00Z"))).isEqualTo("19 July 2022 16:42 BST");
        assertThat(words.time(Instant.parse("2022-01-03T23:05:00Z"))).isEqualTo("3 January 2022 23:05 GMT");
    }

    @Test
    void countsARepeatedRootCauseOnceAndShowsWhenAllWasBack() {
        List<Consumer<Board>> events = new ArrayList<>(incident());
        Outage once = outage("room", NOW - 400 * MINUTE, NOW - 380 * MINUTE);
        Outage letters = outage("letters", NOW - 395 * MINUTE, NOW - 300 * MINUTE);
        events.add(board -> board.outage(once.id(), published(once, once.id(), List.of("letters"))));
        events.add(board -> board.outage(letters.id(), published(letters, once.id(), List.of())));

        IncidentReport report = report(events, LIVE);

        IncidentReport.Cause cause = report.causes().get(0);
        assertThat(report.causes()).hasSize(2);
        assertThat(cause.endedAt()).isEqualTo(Instant.ofEpochMilli(once.endedAt()));
        assertThat(cause.allBackAt()).isEqualTo(Instant.ofEpochMilli(letters.endedAt()));
        assertThat(ReportCsv.of(report).lines().filter(line -> line.contains(",system,room,postponed,")))
                .hasSize(1);
    }

    @Test
    void reportsThatNothingHappened() {
        IncidentReport report = report(List.of(counts("ALL", ImpactCounts.ZERO)), LIVE);
        assertThat(report.summary().sentences())
                .first()
                .isEqualTo("No outage had been recorded by 19 July 2022 16:42 BST.");
        assertThat(ReportHtml.page(report)).contains("By specialty", "All postponed appointments have a new date.");
    }

    private static List<Consumer<Board>> incident() {
        ImpactCounts all = new ImpactCounts(40, 9, 7, 1000, 6, 5, 1, 660);
        List<Consumer<Board>> events = new ArrayList<>();
        events.add(board -> board.system("room", system("room", "Server room")));
        events.add(board -> board.system("pas", system("pas", "Patient administration")));
        events.add(board -> board.service("clinic", clinic()));
        events.add(board -> board.outage(ROOM.id(), published(ROOM, ROOM.id(), List.of("pas", "records"))));
        events.add(board -> board.outage(PAS.id(), published(PAS, ROOM.id(), List.of("records"))));
        for (String key : List.of(
                "ALL",
                "CATEGORY|OUTPATIENT",
                "SPECIALTY|110",
                "SLOT_DAY_CATEGORY|2022-07-19/OUTPATIENT",
                "SYSTEM|room")) {
            events.add(counts(key, all));
        }
        events.add(counts("SPECIALTY|300", ImpactCounts.ZERO));
        for (int minute = 0; minute < 30; minute++) {
            long seen = NOW - minute * MINUTE;
            events.add(board -> board.observation(new Observation("pas", SystemStatus.UP, seen, "prometheus", null)));
        }
        return events;
    }

    private static IncidentReport report(List<Consumer<Board>> events, Origin origin) {
        Board board = new Board(ZoneId.of("Europe/London"));
        events.forEach(event -> event.accept(board));
        return IncidentReport.of(board.snapshot(NOW, false, input()), origin);
    }

    private static BoardSnapshot.Input input() {
        return new BoardSnapshot.Input(
                List.of(new OffsetRange("knockon.outages", 0, 0, 17L), new OffsetRange("knockon.outages", 1, 0, null)),
                0);
    }

    private static Consumer<Board> counts(String key, ImpactCounts counts) {
        return board -> board.counts(Cell.parse(key), counts, NOW - MINUTE);
    }

    private static CareService clinic() {
        return new CareService(
                "clinic", "Clinic", "ORG", "SITE1", "Guy's Hospital", "110", Category.OUTPATIENT, List.of());
    }

    private static MonitoredSystem system(String id, String name) {
        return new MonitoredSystem(id, name, "ORG", "APPLICATION", Set.of(), null, null);
    }

    private static Outage outage(String system, long from, long to) {
        return new Outage(system, from, to, false, Evidence.OBSERVED, from + 5 * MINUTE);
    }

    private static PublishedOutage published(Outage outage, String root, List<String> systems) {
        return new PublishedOutage(outage, List.of(root), systems, List.of("clinic"));
    }

    private static Map<String, String> csv(IncidentReport report) {
        Map<String, String> values = new TreeMap<>();
        ReportCsv.of(report)
                .lines()
                .map(line -> line.split(",", -1))
                .filter(line -> line.length == 5)
                .forEach(line -> values.put(line[1] + "|" + line[2] + "|" + line[3], line[4]));
        return values;
    }

    private static List<String> totals(String html) {
        Matcher rows = Pattern.compile("<tr class=\"total\">(.*?)</tr>").matcher(html);
        return rows.results()
                .map(row -> row.group(1)
                        .replaceFirst("<th.*?</th>", "")
                        .replaceAll("<[^>]*>", " ")
                        .trim()
                        .replaceAll(" +", " "))
                .toList();
    }

    private static long matches(String text, String in) {
        return Pattern.compile(text, Pattern.LITERAL).matcher(in).results().count();
    }

    private static long at(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
