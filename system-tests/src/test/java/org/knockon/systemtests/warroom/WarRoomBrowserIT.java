package org.knockon.systemtests.warroom;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.systemtests.ChildCommand;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;

/** The wall display of a real replay, in a real browser. */
@ExtendWith({SharedSandbox.class, FinishedDemo.class})
@Timeout(180)
class WarRoomBrowserIT {

    private static final Path SCREENSHOTS = Path.of("target", "war-room");

    private static String prefix;
    private static String address;
    private static Chromium chromium;

    @BeforeAll
    static void open(FinishedDemo.Run demo) {
        assumeTrue(Chromium.installed().isPresent(), "no chromium on the PATH: apt-get install chromium");
        prefix = demo.prefix();
        address = demo.address() + "/wall";
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void showsTheCountsOfTheTopicAndContactsNoOtherHost(SharedSandbox.Place place) {
        JsonNode counts = CommandRun.of(place, "watch", "--once", "--output", "json", "--prefix", prefix)
                .json()
                .get(0)
                .get("counts");
        assertThat(counts.get("postponed").longValue()).isPositive();
        List<String> console = new CopyOnWriteArrayList<>();
        List<String> elsewhere = new CopyOnWriteArrayList<>();
        try (Page page = page(1920, 1080)) {
            page.onConsoleMessage(message -> console.add(message.type() + " " + message.text()));
            page.onPageError(console::add);
            page.onRequest(request -> {
                if (!request.url().startsWith(address.replace("/wall", "/"))) {
                    elsewhere.add(request.url());
                }
            });
            page.navigate(address);

            shows(page, "#postponed", counts.get("postponed"));
            shows(page, "#unconfirmed", counts.get("unconfirmed"));
            shows(page, "#waiting", counts.get("awaitingDate"));
            shows(page, "#waiting-rebooked", counts.get("rebooked"));
            shows(page, "#postponed-change", counts.get("deliveredInDowntime"));
            assertThat(page.locator("#badge-text")).hasText(Pattern.compile("Live, \\d+s ago"));
            assertThat(page.locator("#exercise")).containsText("EXERCISE, synthetic data: demo");
            assertThat(page.title()).startsWith("EXERCISE");
            assertThat(page.locator("#outages li").first()).containsText("Patient administration system");
            assertThat(page.locator("#hours canvas")).isVisible();
            assertThat(console).isEmpty();
            assertThat(elsewhere).isEmpty();
        }
    }

    @Test
    void fitsAWallWithoutScrollingAndAPhoneWithoutScrollingSideways() {
        for (int[] size : new int[][] {{1920, 1080}, {1280, 720}, {390, 844}, {320, 640}}) {
            try (Page page = opened(size[0], size[1])) {
                boolean wall = size[0] > 1000;
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(SCREENSHOTS.resolve(size[0] + "x" + size[1] + ".png"))
                        .setFullPage(!wall));
                assertThat(number(page, "document.documentElement.scrollWidth"))
                        .as("width of " + size[0])
                        .isLessThanOrEqualTo(size[0]);
                if (wall) {
                    assertThat(number(page, "document.documentElement.scrollHeight"))
                            .as("height of " + size[1])
                            .isLessThanOrEqualTo(size[1]);
                    assertThat(
                                    page.locator("main > section")
                                            .evaluateAll(
                                                    "all => all.filter(one => one.scrollHeight > one.clientHeight + 2).map(one => one.id || one.getAttribute('aria-labelledby'))"))
                            .as("panels that cut off their content")
                            .isEqualTo(List.of());
                }
            }
        }
    }

    @Test
    void hasNoSeriousAccessibilityViolations() {
        for (int[] size : new int[][] {{1920, 1080}, {390, 844}}) {
            try (Page page = opened(size[0], size[1])) {
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
    void reportsEachLayerOfFreshnessInTime() {
        try (Page page = opened(1280, 720)) {
            Map<String, String> verdicts = Map.of(
                    "0, {ready: true, pipeline: {state: 'RUNNING', behindSeconds: 0}}, '16:41:40', 0",
                            "live Live, 0s ago",
                    "13000, {ready: true, pipeline: {state: 'RUNNING', behindSeconds: 0}}, '16:41:40', 0",
                            "late Late, 13s",
                    "26000, {ready: true, pipeline: {state: 'RUNNING', behindSeconds: 0}}, '16:41:40', 0",
                            "lost Connection lost. Showing 16:41:40",
                    "0, {ready: true, pipeline: {state: 'RUNNING', behindSeconds: 43}}, '16:41:40', 0",
                            "late Catching up, 43s behind",
                    "0, {ready: true, pipeline: {state: 'RUNNING', behindSeconds: 61}}, '16:41:40', 0",
                            "lost Counting is 61s behind. Showing 16:41:40",
                    "0, {ready: true, pipeline: {state: 'STOPPED', behindSeconds: 0}}, '16:41:40', 0",
                            "lost Counting has stopped. Showing 16:41:40",
                    "0, {ready: true, pipeline: {state: 'RUNNING', behindSeconds: 0}}, '16:41:40', 2",
                            "feeds Live, but 2 feeds silent",
                    "30000, null, null, 0", "lost Connection lost.");
            verdicts.forEach((arguments, verdict) -> assertThat(page.evaluate(
                            "import('/assets/freshness.js').then(({judge}) => { const {level, text} = judge("
                                    + arguments + "); return `${level} ${text}`; })"))
                    .as(arguments)
                    .isEqualTo(verdict));
        }
    }

    @Test
    @SuppressWarnings("try") // the server ends inside the test
    void cannotBeMistakenForCurrentOnceTheServerIsGone(SharedSandbox.Place place, @TempDir Path folder)
            throws IOException {
        String[] reach = place.arguments();
        try (ChildCommand server = ChildCommand.start(
                        folder, "war-room", "--port", "0", "--prefix", prefix, reach[0], reach[1], reach[2], reach[3]);
                Page page = page(1920, 1080)) {
            navigate(
                    page,
                    server.awaitLine(each -> each.startsWith("war room of"))
                            .replaceFirst(".*(http://\\S+/wall);.*", "$1"));
            assertThat(page.locator("#postponed")).hasText(Pattern.compile("[1-9][\\d,]*"));
            String postponed = page.locator("#postponed").textContent();
            server.close();

            assertThat(page.locator("#badge-text")).hasText(Pattern.compile("Late, \\d+s"));
            assertThat(page.locator("#lost"))
                    .hasText(Pattern.compile(".*Connection lost. Showing \\d\\d:\\d\\d:\\d\\d GMT"));
            assertThat(page.locator("#postponed")).hasText(postponed);
            assertThat(page.locator("#waiting-title .as-at")).containsText("as at");
            assertThat(number(page, "document.documentElement.scrollWidth")).isLessThanOrEqualTo(1920);
            page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("connection-lost.png")));
        }
    }

    private static void shows(Page page, String selector, JsonNode count) {
        String figure = String.format(Locale.UK, "%,d", count.longValue());
        assertThat(page.locator(selector)).containsText(Pattern.compile("(?<!\\d)" + figure + "(?!\\d)"));
    }

    private static int number(Page page, String expression) {
        return ((Number) page.evaluate(expression)).intValue();
    }

    private static Page opened(int width, int height) {
        Page page = page(width, height);
        navigate(page, address);
        return page;
    }

    private static void navigate(Page page, String url) {
        page.navigate(url);
        assertThat(page.locator("#badge-text")).containsText("Live");
        assertThat(page.locator("#hours canvas")).isVisible();
    }

    private static Page page(int width, int height) {
        return chromium.browser().newPage(new Browser.NewPageOptions().setViewportSize(width, height));
    }
}
