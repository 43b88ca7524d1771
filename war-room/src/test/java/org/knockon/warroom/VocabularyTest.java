package org.knockon.warroom;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.ImpactState;
import org.knockon.warroom.board.Board;
import org.knockon.warroom.board.BoardSnapshot;
import org.knockon.warroom.drill.CellHtml;
import org.knockon.warroom.drill.CellView;
import org.knockon.warroom.page.Figures;
import org.knockon.warroom.page.Json;
import org.knockon.warroom.page.PageHeader;
import org.knockon.warroom.page.Vocabulary;
import org.knockon.warroom.report.IncidentReport;
import org.knockon.warroom.report.ReportCsv;
import org.knockon.warroom.report.ReportHtml;

/** One word for one thing: wall, pages, report and OpenAPI use the words of this table. */
class VocabularyTest {

    private static final Map<String, String> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put("postponed", "postponed");
        WORDS.put("unconfirmed", "not recorded yet");
        WORDS.put("deliveredInDowntime", "seen on paper");
        WORDS.put("atRisk", "at risk");
        WORDS.put("awaitingDate", "no new date");
        WORDS.put("rebooked", "new date");
        WORDS.put("recovered", "seen since");
        WORDS.put("abandoned", "given up");
        WORDS.put("outstanding", "care still owed");
    }

    /** Words of earlier versions. */
    private static final Pattern OLD_WORDS = Pattern.compile(
            "presumed|known postponed|postponed so far|(?<!seen )on paper|delivered since|not coming|nobody has said"
                    + "|more have a new date|not confirmed",
            Pattern.CASE_INSENSITIVE);

    private static final String PAGE = "/org/knockon/warroom/page/";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2022-07-19T15:42:00Z");

    @Test
    void pagesAndReportUseTheTable() {
        assertThat(Stream.of(Vocabulary.values()).map(Vocabulary::field)).containsExactlyElementsOf(WORDS.keySet());
        assertThat(Stream.of(Vocabulary.values()).map(Vocabulary::words)).containsExactlyElementsOf(WORDS.values());
        assertThat(Stream.of(ImpactState.values())
                        .filter(state -> state != ImpactState.NONE && state != ImpactState.UNKNOWN)
                        .map(Vocabulary::heading))
                .allMatch(heading ->
                        WORDS.containsValue(heading.substring(0, 1).toLowerCase(Locale.ROOT) + heading.substring(1)));
    }

    @Test
    void theScriptsOfTheWallUseTheTable() throws IOException {
        Map<String, String> words = new LinkedHashMap<>();
        Pattern.compile("^ {2}(\\w+): '([^']+)',$", Pattern.MULTILINE)
                .matcher(resource("vocabulary.js"))
                .results()
                .forEach(line -> words.put(line.group(1), line.group(2)));

        assertThat(words).containsExactlyEntriesOf(WORDS);
    }

    @Test
    void theWallShowsTheWords() throws IOException {
        String wall = resource("wall.html");

        assertThat(heading(wall, "postponed-title")).isEqualTo("Postponed");
        assertThat(heading(wall, "risk-title")).isEqualTo("At risk");
        assertThat(heading(wall, "waiting-title")).isEqualTo("No new date");
        assertThat(wall).contains("</strong> " + WORDS.get("unconfirmed") + "<");
        assertThat(Pattern.compile("<li class=\"key-\\w+\">([^<]+)</li>")
                        .matcher(wall)
                        .results()
                        .map(key -> key.group(1)))
                .containsExactly("postponed", "not recorded yet", "seen on paper", "at risk");
    }

    @Test
    void everyTableOfTheReportHasTheWordsAsColumns() {
        String html = ReportHtml.page(report());
        List<String> headings = new ArrayList<>();
        for (String words : List.of(
                "Postponed",
                "Not recorded yet",
                "Seen on paper",
                "At risk",
                "No new date",
                "New date",
                "Seen since",
                "Given up")) {
            headings.add("<th scope=\"col\" class=\"number\">" + words + "</th>");
        }
        assertThat(html).contains(String.join("", headings));
        assertThat(html)
                .contains("postponed", "not recorded yet", "seen on paper", "no new date", "have a new date")
                .contains("seen since", "given up", "Care is still owed");
        assertThat(html).doesNotContainPattern(OLD_WORDS);
    }

    @Test
    void thePageOfACellHasAllWords() {
        Board board = board();
        BoardSnapshot snapshot = snapshot(board);
        PageHeader head =
                new PageHeader(null, NOW, false, null, true, ZoneId.of("Europe/London"), "RUNNING", 0, List.of());
        String html =
                CellHtml.page(CellView.of(Cell.ALL, snapshot, head, board.history(Cell.ALL, 0, NOW.toEpochMilli())));

        assertThat(html.toLowerCase(Locale.ROOT)).contains(WORDS.values());
        assertThat(html).doesNotContainPattern(OLD_WORDS);
    }

    @Test
    void jsonAndCsvHaveTheFieldsOfTheTopics() throws IOException {
        JsonNode figures = JSON.readTree(Json.of(Figures.of(counts())));
        List<String> members = new ArrayList<>();
        figures.fieldNames().forEachRemaining(members::add);
        assertThat(members).containsExactlyInAnyOrderElementsOf(withDelay());

        assertThat(ReportCsv.of(report())
                        .lines()
                        .filter(line -> line.startsWith("LIVE,all,,"))
                        .map(line -> line.split(",")[3]))
                .containsExactlyInAnyOrderElementsOf(withDelay());
    }

    @Test
    void openApiExplainsEveryField() throws IOException {
        String description =
                JSON.readTree(resource("openapi.json")).at("/info/description").textValue();

        WORDS.forEach((field, words) -> assertThat(description).contains(words).contains(field));
        WORDS.entrySet().stream()
                .filter(word -> !word.getKey().equals(word.getValue()))
                .forEach(word -> assertThat(description).contains(word.getKey() + " (" + word.getValue()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wall.html",
                "openapi.json",
                "vocabulary.js",
                "panels.js",
                "charts.js",
                "alarms.js",
                "live-outage.js",
                "no-history.js",
                "freshness.js"
            })
    void noFileOfThePageHasAnOldWord(String file) throws IOException {
        assertThat(resource(file)).doesNotContainPattern(OLD_WORDS);
    }

    private static List<String> withDelay() {
        List<String> fields = new ArrayList<>(WORDS.keySet());
        fields.add("delayMinutes");
        return fields;
    }

    private static String heading(String html, String id) {
        return Pattern.compile("id=\"" + id + "\">([^<]+)<")
                .matcher(html)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1)
                .trim();
    }

    private static IncidentReport report() {
        return IncidentReport.of(snapshot(board()), new IncidentReport.Origin(null, "knockon.", "build"));
    }

    private static BoardSnapshot snapshot(Board board) {
        return board.snapshot(NOW.toEpochMilli(), false, new BoardSnapshot.Input(List.of(), 0));
    }

    private static Board board() {
        Board board = new Board(ZoneId.of("Europe/London"));
        for (String cell : List.of("ALL", "CATEGORY|OUTPATIENT", "SPECIALTY|110")) {
            board.counts(Cell.parse(cell), counts(), NOW.toEpochMilli());
        }
        return board;
    }

    private static ImpactCounts counts() {
        return new ImpactCounts(1, 2, 3, 4, 5, 6, 7, 8);
    }

    private static String resource(String file) throws IOException {
        try (InputStream in = VocabularyTest.class.getResourceAsStream(PAGE + file)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
