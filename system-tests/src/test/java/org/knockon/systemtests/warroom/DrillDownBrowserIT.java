package org.knockon.systemtests.warroom;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.schemas.Topics;
import org.knockon.schemas.reading.CommittedReader;
import org.knockon.schemas.serde.KnockonSerdes;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;

/** From a number on the wall to its details, in a real replay and a real browser. */
@ExtendWith({SharedSandbox.class, FinishedDemo.class})
@Timeout(240)
class DrillDownBrowserIT {

    private static final Path SCREENSHOTS = Path.of("target", "drill-down");
    private static final double PATIENCE = Duration.ofSeconds(60).toMillis();

    private static FinishedDemo.Run replay;
    private static String prefix;
    private static String address;
    private static Chromium chromium;
    private static Map<String, ImpactCounts> counts;

    @BeforeAll
    static void open(FinishedDemo.Run demo, SharedSandbox.Place place) {
        assumeTrue(Chromium.installed().isPresent(), "no chromium on the PATH: apt-get install chromium");
        replay = demo;
        prefix = demo.prefix();
        address = demo.address();
        chromium = Chromium.start();
        counts = counts(place.bootstrapServers(), place.schemaRegistryUrl());
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void leadsFromTheWallToTheNumbersOfTheTopic() {
        try (Page page = wall("")) {
            page.locator("#outages a", new Page.LocatorOptions().setHasText("Patient administration system"))
                    .click();
            assertThat(page.locator("h1")).hasText("EXERCISE: Outage: Patient administration system");
            assertThat(page.locator(".mark")).containsText("EXERCISE, synthetic data: demo");
            assertThat(page.locator("#as-of")).containsText("12 March 2025");
            assertThat(page.locator("[aria-labelledby=follows]")).containsText("Electronic records");
            assertThat(page.locator("[aria-labelledby=evidence] tbody")).containsText("Down");
            String key = "OUTAGE|" + outageId(page);
            assertThat(counts.get(key).postponed()).isPositive();
            Locator lines = page.locator("[aria-labelledby=numbers] tbody tr");
            assertThat(lines.first().locator("td")).hasText(figures(counts.get(key)));
            ImpactCounts caused = counts.get(key.replaceFirst("OUTAGE(.*)@.*", "SYSTEM$1"));
            assertThat(lines.nth(1).locator("td")).hasText(figures(caused));
            shot(page, "outage");
            looksRight(page);
            lines.first().locator("a").click();
            assertThat(page.locator("[aria-labelledby=numbers] td").first())
                    .hasText(number(counts.get(key).postponed()));
        }
    }

    @Test
    void leadsFromACellOfTheHeatTableToItsCurve() {
        String key = counts.keySet().stream()
                .filter(cell ->
                        cell.startsWith("SITE_CATEGORY|") && counts.get(cell).postponed() > 0)
                .sorted()
                .findFirst()
                .orElseThrow();
        try (Page page = wall("")) {
            page.locator("#heat a[href*='" + key.substring(14).replace("/", "%2F") + "']")
                    .press("Enter");
            assertThat(page.locator("h1")).containsText("EXERCISE: Example General (ZZ901)");
            assertThat(page.locator("[aria-labelledby=numbers] td").first())
                    .hasText(number(counts.get(key).postponed()));
            assertThat(page.locator("[aria-labelledby=curve] tbody tr").first().locator("td"))
                    .hasText(figures(counts.get(key)));
            assertThat(page.locator("svg.curve path")).hasCount(4);
            shot(page, "cell");
            looksRight(page);
        }
    }

    @Test
    void listsAsManyAppointmentsAsAreCountedAndLogsEachView() throws IOException {
        try (Page page = wall("")) {
            page.locator("#outages a", new Page.LocatorOptions().setHasText("Patient administration system"))
                    .click();
            ImpactCounts counted = counts.get("OUTAGE|" + outageId(page));
            long rows = counted.postponed() + counted.unconfirmed() + counted.deliveredInDowntime() + counted.atRisk();
            page.locator("text=Affected appointments (for rebooking)").click();
            assertThat(page.locator("#total")).containsText(Pattern.compile("^" + number(rows) + " appointments?"));
            assertThat(page.locator("[aria-labelledby=rows] tbody tr")).hasCount((int) Math.min(500, rows));
            shot(page, "appointments");
            looksRight(page);
            String csv = page.request()
                    .get(address + page.locator("text=All as CSV").getAttribute("href"))
                    .text();
            assertThat(csv.lines().count()).isEqualTo(rows + 1);
            assertThat(csv)
                    .startsWith(
                            "kind,outageId,appointmentId,serviceId,service,site,specialty,category,priority,slotStart,"
                                    + "slotStartLocal,firstPostponedSlot,firstPostponedSlotLocal,state\r\nEXERCISE,");
            assertThat(replay.err())
                    .contains("who=-", "rows=" + rows + " form=page", "rows=" + rows + " form=csv")
                    .doesNotContain(
                            csv.lines().skip(1).findFirst().orElseThrow().split(",")[2]);
            long views = views();
            page.goBack();
            List<String> console = new ArrayList<>();
            page.onConsoleMessage(message -> console.add(message.text()));
            page.locator("text=Count by category and specialty").click();
            assertThat(page.locator("h1")).hasText("EXERCISE: Counts of an outage: Patient administration system");
            OutageSumsCheck.show(page, counted);
            assertThat(console).isEmpty();
            shot(page, "counts");
            looksRight(page);
            String json = address + page.locator("text=As JSON").getAttribute("href");
            OutageSumsCheck.agree(page.request().get(json).text(), csv, counted);
            assertThat(views()).isEqualTo(views);
        }
    }

    private static long views() throws IOException {
        return replay.err().lines().filter(line -> line.contains("who=-")).count();
    }

    @Test
    void keepsTheWallUnchangedAndOffersTablesOnADesk() {
        try (Page desk = wall("");
                Page wall = wall("?mode=wall")) {
            assertThat(wall.locator("main a, main button")).hasCount(0);
            assertThat(desk.locator("#to-report")).hasAttribute("href", "/report");
            for (String box : List.of("main > section", "#outages li", "#heat td", "main h2")) {
                assertThat(desk.locator(box).evaluateAll(BOXES))
                        .as(box)
                        .isEqualTo(wall.locator(box).evaluateAll(BOXES));
            }
            desk.locator("#hours-panel .as-table-switch").press("Enter");
            desk.locator("#backlog-panel .as-table-switch").press("Enter");
            assertThat(desk.locator("#hours-table th", new Page.LocatorOptions().setHasText("Seen on paper")))
                    .isInViewport();
            assertThat(desk.locator("#hours canvas")).isHidden();
            shot(desk, "wall-as-tables");
            desk.locator("#hours-panel .as-table-switch").click();
            assertThat(desk.locator("#hours canvas")).isVisible();
            shot(desk, "wall-on-a-desk");
            desk.setViewportSize(390, 844);
            assertThat(desk.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .isEqualTo(true);
            shot(desk, "wall-on-a-phone");
        }
    }

    @Test
    void showsNoNumbersBeforeTheHistoryAndKeepsTheTimeInItsLinks() {
        try (Page page = chromium.browser().newPage(new Browser.NewPageOptions().setViewportSize(1920, 1080))) {
            // At full speed everything may be counted within five minutes that have not ended: then there is no
            // history.
            JsonNode first = CommandRun.parse(
                            page.request().get(address + "/api/v1/timeline").text())
                    .get("first");
            String before = first.isNull()
                    ? "2025-03-12T00:10:00Z"
                    : Instant.ofEpochMilli(first.longValue()).minusSeconds(60).toString();
            page.navigate(address + "/wall?at=" + before);
            assertThat(page.locator("#postponed-split"))
                    .hasText(Pattern.compile("no history (yet|before 12 March \\d\\d:\\d\\d GMT)"));
            assertThat(page.locator("#postponed")).hasText("–");
            shot(page, "before-history");
            page.locator("#postponed-title a").click();
            assertThat(page).hasURL(Pattern.compile(".*/cell\\?dimension=ALL&at=" + before));
            assertThat(page.locator("[aria-labelledby=numbers]"))
                    .containsText(Pattern.compile("There is no history yet|The history starts at 12 March 2025"));
        }
    }

    @Test
    void showsTheSameAfterARestart(SharedSandbox.Place place) {
        try (SecondWarRoom again = SecondWarRoom.start(place, prefix);
                Page page = chromium.browser().newPage()) {
            String other = again.address();
            page.waitForCondition(
                    () -> page.request().get(other + "/health/ready").ok(),
                    new Page.WaitForConditionOptions().setTimeout(PATIENCE));
            int compared = 0;
            for (String cell : counts.keySet()) {
                if (cell.startsWith("OUTAGE|") && !counts.get(cell).equals(ImpactCounts.ZERO)) {
                    String path = "/api/v1/outages/"
                            + cell.substring(7).replace(":", "%3A").replace("@", "%40");
                    assertThat(withoutHead(page, other + path)).isEqualTo(withoutHead(page, address + path));
                    compared++;
                }
            }
            assertThat(compared).isPositive();
            assertThat(withoutHead(page, other + "/api/v1/cells?dimension=ALL"))
                    .isEqualTo(withoutHead(page, address + "/api/v1/cells?dimension=ALL"));
        }
    }

    private static final String BOXES =
            "all => all.map(one => one.getBoundingClientRect()).map(box => [box.x, box.y, box.width, box.height].map(Math.round).join())";

    private static ObjectNode withoutHead(Page page, String url) {
        ObjectNode json = (ObjectNode) CommandRun.parse(page.request().get(url).text());
        JsonNode head = json.remove("head");
        assertThat(head.get("asOf").isTextual()).isTrue();
        return json;
    }

    /** Checks accessibility; 320 px wide is a desk page at 400 %. */
    private static void looksRight(Page page) {
        for (int width : new int[] {1280, 320}) {
            page.setViewportSize(width, 900);
            assertThat(((Number) page.evaluate("document.documentElement.scrollWidth")).intValue())
                    .as("width of " + width)
                    .isLessThanOrEqualTo(width);
            assertThat(new AxeBuilder(page)
                            .setLegacyMode(true).analyze().getViolations().stream()
                                    .map(found -> found.getId() + " "
                                            + found.getNodes().get(0).getHtml()))
                    .as(page.url() + " " + width + " wide")
                    .isEmpty();
            assertThat(
                            page.locator("a")
                                    .evaluateAll(
                                            "all => all.filter(one => one.getBoundingClientRect().height < 44).map(one => one.outerHTML)"))
                    .as("too small to press")
                    .isEqualTo(List.of());
        }
        shot(page, page.url().replaceFirst(".*/([a-z]+)[^/]*$", "$1") + "-phone");
        page.setViewportSize(1280, 900);
    }

    private static String outageId(Page page) {
        String href = page.locator("text=As JSON").getAttribute("href");
        return href.substring(href.lastIndexOf('/') + 1).replace("%40", "@").replace("%3A", ":");
    }

    private static String[] figures(ImpactCounts counts) {
        return new String[] {
            number(counts.postponed()),
            number(counts.unconfirmed()),
            number(counts.deliveredInDowntime()),
            number(counts.atRisk()),
            number(counts.awaitingDate()),
            number(counts.rebooked()),
            number(counts.recovered()),
            number(counts.abandoned())
        };
    }

    private static String number(long number) {
        return String.format(Locale.UK, "%,d", number);
    }

    private static void shot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(!name.startsWith("wall") && !name.equals("appointments") || name.endsWith("phone")));
    }

    private static Page wall(String query) {
        Page page = chromium.browser().newPage(new Browser.NewPageOptions().setViewportSize(1920, 1080));
        page.navigate(address + "/wall" + query);
        assertThat(page.locator("#badge-text")).containsText("Live");
        assertThat(page.locator("#hours canvas")).isVisible();
        return page;
    }

    /** The counts on the topic, read with a separate consumer. */
    private static Map<String, ImpactCounts> counts(String brokers, String registry) {
        Map<String, Object> client = Map.of("bootstrap.servers", brokers, "schema.registry.url", registry);
        String topic = Topics.IMPACT_COUNTS.name(prefix);
        Map<String, ImpactCounts> counts = new HashMap<>();
        try (KnockonSerdes serdes = new KnockonSerdes(client);
                CommittedReader reader = new CommittedReader(client, List.of(topic))) {
            var deserializer = serdes.value(Topics.IMPACT_COUNTS).deserializer();
            reader.readToEnd((ConsumerRecord<byte[], byte[]> record) -> {
                var value = deserializer.deserialize(topic, record.value());
                if (value != null) {
                    counts.put(value.cell().key(), value.counts());
                }
            });
        }
        return counts;
    }
}
