package org.knockon.systemtests.warroom;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.systemtests.ChildCommand;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;

/** The replay bar during a replay, in a real browser. */
@ExtendWith(SharedSandbox.class)
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplayBarBrowserIT {

    private static final Path SCREENSHOTS = Path.of("target", "replay-bar");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double PATIENCE = 60_000;
    private static final Pattern AT = Pattern.compile("[?&]at=([^&]+)");

    private static ChildCommand replay;
    private static String address;
    private static String prefix;
    private static Chromium chromium;

    @BeforeAll
    static void beginTheDemo(SharedSandbox.Place place, @TempDir Path folder) throws IOException {
        assumeTrue(Chromium.installed().isPresent(), "no chromium on the PATH: apt-get install chromium");
        prefix = place.prefix();
        String[] reach = place.arguments();
        replay = ChildCommand.start(
                folder,
                "replay",
                "pas-outage-demo",
                // The day passes in 72 s: enough for a busy machine to press Pause in its second half.
                "--speed",
                "1200x",
                "--keep",
                "--run",
                "bar",
                "--prefix",
                prefix,
                reach[0],
                reach[1],
                reach[2],
                reach[3]);
        address = replay.awaitLine(line -> line.startsWith("wall display: ")).substring("wall display: ".length());
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
        if (replay != null) {
            replay.close();
        }
    }

    @Test
    @Order(1)
    void pausesTheTimeOfTheExercise() {
        try (Page page = opened("", 1920, 1080)) {
            page.waitForCondition(
                    () -> postponed(page) > 0
                            && page.locator("#clock-time").textContent().compareTo("12:30") > 0,
                    new Page.WaitForConditionOptions().setTimeout(PATIENCE));
            page.locator("#replay-play").click();

            assertThat(page.locator("#replay-play")).hasText("Play");
            assertThat(page.locator("#clock-day")).containsText("paused");
            assertThat(json(page, "/api/v1/replay").get("phase").textValue()).isEqualTo("PAUSED");
            // Records sent before are still being counted; then nothing changes any more.
            String[] before = {""};
            page.waitForCondition(
                    () -> {
                        String now = page.locator("#clock-time").textContent();
                        boolean same = now.equals(before[0]);
                        before[0] = now;
                        page.waitForTimeout(same ? 0 : 3_000);
                        return same;
                    },
                    new Page.WaitForConditionOptions().setTimeout(PATIENCE));
            assertThat(page.locator("#badge-text")).containsText("Live");
        }
    }

    @Test
    @Order(2)
    void looksBackAtAPastStateAndReturns() {
        try (Page page = opened("", 1920, 1080)) {
            int newest = postponed(page);
            page.locator("#replay-back").click();
            page.locator("#replay-back").click();

            assertThat(page.locator("#badge-text")).hasText(Pattern.compile("Showing 12 March \\d\\d:\\d\\d"));
            assertThat(page.locator("#waiting-title .as-at")).containsText("as at");
            showsTheHistory(page);
            // The time of the pause varies, and late in the day nothing new is postponed for hours.
            while (postponed(page) >= newest) {
                Instant stood = at(page);
                page.locator("#replay-back").click();
                assertThat(at(page)).isBefore(stood);
                showsTheHistory(page);
            }
            assertThat(page.locator("#replay-follow")).hasAttribute("aria-pressed", "false");
            shot(page, "looking-back");

            page.reload();
            assertThat(page.locator("#badge-text")).containsText("Showing 12 March");
            showsTheHistory(page);

            page.locator("#replay-follow").click();
            assertThat(page.locator("#badge-text")).containsText("Live");
            assertThat(page.locator("#postponed")).hasText(String.format(Locale.UK, "%,d", newest));
            assertThat(page.url()).doesNotContain("at=");
        }
    }

    @Test
    @Order(3)
    void seeksByKeyboardAndFromOneEventToTheNext() {
        try (Page page = opened("?at=2025-03-12T05:00:00Z", 1280, 720)) {
            assertThat(page.locator("#badge-text")).containsText("Showing 12 March 05:00");
            page.locator("#replay-at").focus();
            page.keyboard().press("ArrowLeft");
            assertThat(page.locator("#replay-at")).hasAttribute("aria-valuetext", "12 March 2025 04:55, day 1 of 1");
            assertThat(page.locator("#badge-text")).containsText("Showing 12 March 04:55");
            assertThat(page.locator("#outages li")).hasCount(1);
            assertThat(page.locator("#outages")).containsText("Image archive");

            page.locator("#replay-next").click();
            assertThat(page.locator("#outages li").first()).containsText("Patient administration system");
            assertThat(page.locator("#replay-bands .band")).hasCount(1);
            JsonNode bands = json(page, "/api/v1/timeline").get("bands");
            assertThat(bands).hasSize(2);
            assertThat(bands.get(1).get("name").textValue()).isEqualTo("Patient administration system");
            assertThat(at(page))
                    .isEqualTo(
                            Instant.ofEpochMilli(bands.get(1).get("confirmedAt").longValue()));
        }
    }

    @Test
    @Order(4)
    void reportsThatTheAddressNamesAFutureTime() {
        try (Page page = opened("?at=2025-03-12T23:50:00Z", 1280, 720)) {
            assertThat(page.locator("#replay-message")).hasText("It is not 12 March 23:50 yet");
            shot(page, "not-yet");
            assertThat(page.locator("#badge-text")).containsText("Live");
        }
    }

    @Test
    @Order(5)
    void fitsAWallIsAccessibleAndIsHiddenWhereUnwanted() {
        try (Page phone = opened("", 390, 844)) {
            assertThat(phone.locator("#replay-bar")).isHidden();
        }
        try (Page wall = opened("?mode=wall", 1920, 1080)) {
            assertThat(wall.locator("#replay-bar")).isHidden();
            assertThat(wall.locator("#feeds")).isVisible();
            wall.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            assertThat(wall.locator("#exercise")).isVisible();
            assertThat(wall.evaluate("getComputedStyle(document.body, '::after').content"))
                    .as("on every printed page")
                    .isEqualTo("\"EXERCISE, synthetic data\"");
        }
        for (int[] size : new int[][] {{1920, 1080}, {1280, 720}, {390, 844}, {320, 640}}) {
            try (Page page = opened("?mode=wall-controls", size[0], size[1])) {
                assertThat(page.locator("#replay-bar")).isVisible();
                assertThat(page.locator("#replay-where")).containsText("day 1 of 1");
                shot(page, size[0] + "x" + size[1]);
                assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                        .as("width of " + size[0])
                        .isEqualTo(true);
                if (size[0] > 1000) {
                    assertThat(page.evaluate("document.documentElement.scrollHeight <= innerHeight"))
                            .as("height of " + size[1])
                            .isEqualTo(true);
                }
                assertThat(page.locator("#replay-bar button:visible, #replay-at")
                                .evaluateAll("all => all.filter(one => { const box = one.getBoundingClientRect();"
                                        + " return box.width < 24 || box.height < 24 || box.left < 0 || box.right > innerWidth;"
                                        + " }).map(one => one.outerHTML)"))
                        .as("too small or cut off")
                        .isEqualTo(List.of());
                assertThat(new AxeBuilder(page)
                                .setLegacyMode(true).analyze().getViolations().stream()
                                        .filter(found ->
                                                List.of("serious", "critical").contains(found.getImpact()))
                                        .map(found -> found.getId() + " "
                                                + found.getNodes().get(0).getHtml()))
                        .as(size[0] + " wide")
                        .isEmpty();
            }
        }
    }

    @Test
    @Order(6)
    void changesTheSpeedForEveryoneAndPlaysToTheEnd() throws IOException {
        try (Page page = opened("?speed=600x", 1280, 720);
                Page other = opened("", 1280, 720)) {
            assertThat(other.locator("#replay-speeds [aria-pressed=true]")).hasText("600x");
            assertThat(other).hasURL(Pattern.compile(".*speed=600x"));
            assertThat(json(page, "/api/v1/replay").get("phase").textValue()).isEqualTo("PAUSED");

            String stood = page.locator("#clock-time").textContent();
            page.locator("#replay-play").click();
            assertThat(other.locator("#replay-play")).hasText("Pause");
            assertThat(page.locator("#clock-time")).not().hasText(stood);
            other.locator("#replay-speeds button", new Page.LocatorOptions().setHasText("max"))
                    .click();

            replay.awaitLine(line -> line.startsWith("Everything is still running"));
            assertThat(page.locator("#replay-play")).isHidden();
            assertThat(page.locator("#replay-where")).containsText("day 1 of 1");
        }
    }

    @Test
    @Order(7)
    void showsARealOutageUntilItIsOver(SharedSandbox.Place place) throws Exception {
        String live =
                "{\"key\":\"net@2026-03-02T16:40:00Z\",\"value\":{\"systemId\":\"net\",\"startedAt\":\"2026-03-02T16:40:00Z\","
                        + "\"endedAt\":%s,\"planned\":false,\"evidence\":\"OBSERVED\",\"rootCauses\":[\"net@2026-03-02T16:40:00Z\"],"
                        + "\"rootCausesTotal\":1,\"affectedSystems\":[],\"affectedSystemsTotal\":0,\"affectedServices\":[],"
                        + "\"affectedServicesTotal\":0,\"confirmedAt\":\"2026-03-02T16:42:00Z\"}}";
        try (Page page = opened("?at=2025-03-12T12:00:00Z", 1920, 1080)) {
            assertThat(page.locator("#live-outage")).isEmpty();
            assertThat(page.locator("h1")).isVisible();
            assertThat(CommandRun.of(place, "topics", "create", "--prefix", prefix)
                            .exitCode())
                    .isZero();
            produce(
                    place,
                    "systems",
                    "{\"key\":\"net\",\"value\":{\"name\":\"Hospital network\",\"organisation\":\"ZZ9\",\"kind\":\"network\",\"dependsOn\":[],"
                            + "\"monitoring\":{\"confirmAfterSeconds\":120,\"recoverAfterSeconds\":300,\"silenceAfterSeconds\":300},\"standard\":null}}");
            produce(place, "outages", live.formatted("null"));

            assertThat(page.locator("#live-outage"))
                    .hasText("▲ REAL OUTAGE: Hospital network out since 2 March 16:40 GMT");
            assertThat(page).hasTitle(Pattern.compile("REAL OUTAGE\\. EXERCISE: .*"));
            assertThat(page.locator("#exercise")).containsText("EXERCISE");
            assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .isEqualTo(true);
            shot(page, "live-outage");
            page.setViewportSize(1280, 720);
            shot(page, "live-outage-1280x720");

            try (SecondWarRoom restarted = SecondWarRoom.start(place, prefix + "replay.bar.")) {
                assertThat(restarted.firstLiveOutages().findValuesAsText("name"))
                        .containsExactly("Hospital network");
            }

            produce(place, "outages", live.formatted("\"2026-03-02T17:00:00Z\""));
            assertThat(page.locator("#notice")).hasText("✓ REAL OUTAGE. Back: Hospital network");
            assertThat(page.locator("#live-outage")).isEmpty();
            assertThat(page.locator("h1")).isVisible();
        }
    }

    private static void produce(SharedSandbox.Place place, String topic, String line) {
        CommandRun run = CommandRun.withInput(
                place, line + "\n", "produce", "--topic", topic, "--file", "-", "--prefix", prefix);
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private static void showsTheHistory(Page page) {
        JsonNode then = json(page, "/api/v1/state?at=" + at(page)).get("board");
        assertThat(then.get("fromHistory").booleanValue()).isTrue();
        assertThat(page.locator("#postponed"))
                .hasText(String.format(
                        Locale.UK, "%,d", then.get("postponed").get("postponed").longValue()));
        assertThat(page.locator("#unconfirmed"))
                .hasText(String.format(
                        Locale.UK,
                        "%,d",
                        then.get("postponed").get("unconfirmed").longValue()));
        assertThat(page.locator("#waiting"))
                .hasText(String.format(
                        Locale.UK,
                        "%,d",
                        then.get("waiting").get("awaitingDate").longValue()));
    }

    /** The time in the address of the page. */
    private static Instant at(Page page) {
        Matcher matcher = AT.matcher(page.url());
        assertThat(matcher.find()).as(page.url()).isTrue();
        return Instant.parse(matcher.group(1));
    }

    private static int postponed(Page page) {
        String text = page.locator("#postponed").textContent().replace(",", "");
        return text.equals("–") ? 0 : Integer.parseInt(text);
    }

    private static JsonNode json(Page page, String path) {
        try {
            return JSON.readTree(
                    page.request().get(address.replace("/wall", path)).body());
        } catch (IOException e) {
            throw new AssertionError(path, e);
        }
    }

    private static void shot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(page.viewportSize().width < 1000));
    }

    private static Page opened(String query, int width, int height) {
        Page page = chromium.browser().newPage(new Browser.NewPageOptions().setViewportSize(width, height));
        page.navigate(address + query);
        assertThat(page.locator("#badge-text")).hasText(Pattern.compile("(Live|Showing).*"));
        assertThat(page.locator("#hours canvas")).isVisible();
        return page;
    }
}
