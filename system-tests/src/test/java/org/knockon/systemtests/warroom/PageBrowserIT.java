package org.knockon.systemtests.warroom;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.SystemStatus;

/** The wall's page in states that a replay does not reach on demand. */
@Timeout(180)
class PageBrowserIT {

    private static final Path SCREENSHOTS = Path.of("target", "page");
    private static final Pattern LIVE = Pattern.compile("Live, \\d+s ago");
    private static final String HISTORY = "2022-07-19T12:00:00Z";
    private static final String CLEAR_OF_EACH_OTHER =
            "() => { const shown = ['lost', 'live-outage', 'notice', 'exercise', 'badge', 'clock'].map(id =>"
                    + " document.getElementById(id)).filter(one => one.checkVisibility() && one.textContent !== '');"
                    + " const box = new Map(shown.map(one => [one, one.getBoundingClientRect()])); const wrong = [];"
                    + " for (const one of shown) { const mine = box.get(one);"
                    + " if (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1) wrong.push(one.id + ' is cut');"
                    + " if (mine.left < 0 || mine.top < 0 || mine.right > innerWidth || mine.width < 2) wrong.push(one.id + ' is outside');"
                    + " for (const other of [...shown, document.querySelector('main')].filter(other => other !== one)) {"
                    + " const its = box.get(other) ?? other.getBoundingClientRect(); if (mine.left < its.right - 1 && its.left < mine.right - 1 && mine.top < its.bottom - 1"
                    + " && its.top < mine.bottom - 1) wrong.push(one.id + ' is over ' + (other.id || 'main')); } } return wrong; }";

    private static Chromium chromium;

    private final ScriptedWall wall = new ScriptedWall();
    private BrowserContext browser;

    @BeforeAll
    static void start() {
        assumeTrue(Chromium.installed().isPresent(), "no chromium on the PATH: apt-get install chromium");
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void open() {
        browser = chromium.browser().newContext(new Browser.NewContextOptions().setViewportSize(1280, 720));
        wall.answer(browser);
        wall.board.counts(Cell.ALL, postponed(7), ScriptedWall.NOW.toEpochMilli());
        wall.board.history(Cell.ALL, postponed(3), Instant.parse(HISTORY).toEpochMilli());
    }

    @AfterEach
    void close() {
        // Otherwise requests could arrive while their context closes.
        browser.pages().forEach(page -> page.navigate("about:blank"));
        browser.close();
    }

    @Test
    void sendsAHangingServerOneRequestAtATime() {
        Page page = opened("");
        Set<Request> open = new HashSet<>();
        int[] seen = {0, 0};
        page.onRequest(request -> {
            if (request.method().equals("HEAD")) {
                open.add(request);
                seen[0]++;
                seen[1] = Math.max(seen[1], open.size());
            }
        });
        page.onRequestFailed(open::remove);
        browser.route("**/api/v1/stream*", Route::abort);
        browser.route("**/wall", route -> {
            if (!route.request().method().equals("HEAD")) {
                route.fallback();
            }
        });

        page.waitForCondition(() -> seen[0] >= 3, new Page.WaitForConditionOptions().setTimeout(60_000));
        assertThat(seen[1]).as("open at the same time").isEqualTo(1);
    }

    @Test
    void reportsEndedAccessAsSoonAsTheServerDoes() {
        Page page = opened("");
        wall.bye("{\"why\":\"access\"}");

        assertThat(page.locator("#lost")).hasText(Pattern.compile("✕ Access has ended\\. Showing .*"));
        assertThat(page.locator("#badge-text")).containsText("Access has ended");
    }

    @Test
    void showsThePastFromAnAddressOnADeskAndLeadsBack() {
        for (int[] size : new int[][] {{1280, 720}, {390, 844}}) {
            Page page = browser.newPage();
            page.setViewportSize(size[0], size[1]);
            page.navigate(ScriptedWall.ADDRESS + "?at=2022-07-19T14:00:00Z");
            assertThat(page.locator("#badge-text")).hasText("Showing 19 July 15:00");
            assertThat(page.locator("#postponed")).hasText("3");
            assertThat(page.locator("#replay-follow")).isInViewport();
            shot(page, "past-" + size[0]);
            page.locator("#replay-follow").click();
            assertThat(page.locator("#badge-text")).hasText(LIVE);
            assertThat(page.locator("#postponed")).hasText("7");
            assertThat(page.locator("#replay-bar")).isHidden();
            assertThat(page.url()).doesNotContain("at=");
        }
    }

    @Test
    void offersReplayControlsToFacilitatorsOnly() {
        wall.exercise("test")
                .inTick(
                        "replay",
                        Map.of(
                                "phase",
                                "PLAYING",
                                "speed",
                                "60x",
                                "from",
                                since(600),
                                "to",
                                since(-600),
                                "at",
                                since(0)));
        List<String> posted = new ArrayList<>();
        browser.onRequest(request -> {
            if (request.method().equals("POST")) {
                posted.add(request.postData());
            }
        });
        wall.roles("viewer");
        Page viewer = opened("?speed=600x");
        viewer.waitForResponse("**/api/v1/stream*", () -> {});
        assertThat(viewer.locator("#replay-back")).isVisible();
        assertThat(viewer.locator("#replay-play")).isHidden();
        assertThat(viewer.locator("#replay-speeds")).isHidden();
        assertThat(posted).isEmpty();

        wall.roles("viewer", "facilitator", "rebooking");
        Page facilitator = opened("?speed=600x");
        assertThat(facilitator.locator("#replay-play")).isVisible();
        assertThat(facilitator.locator("#replay-speeds")).isVisible();
        facilitator.waitForCondition(() -> posted.contains("{\"speed\":\"600x\"}"));
    }

    @Test
    void showsNoNumbersBeforeTheHistory() {
        for (int look = 0; look < 20; look++) {
            long at = ScriptedWall.NOW.toEpochMilli() - (230 - look * 10) * 60_000L;
            wall.board.observation(new Observation("pas", SystemStatus.UP, at, "quick", null));
        }
        wall.board.observation(new Observation("pas", SystemStatus.UP, ScriptedWall.NOW.toEpochMilli(), "other", null));
        Page page = browser.newPage();
        page.navigate(ScriptedWall.ADDRESS + "?mode=wall-controls");
        assertThat(page.locator("#badge-text")).containsText("1 feed silent");
        assertThat(page.locator(".least").first()).hasText("at least ");
        page.evaluate(
                "at => { const slider = document.getElementById('replay-at'); slider.min = Date.parse(at); slider.value = Date.parse(at);"
                        + " slider.dispatchEvent(new Event('input')); }",
                "2022-07-19T08:00:00Z");
        assertThat(page.locator("#postponed-split")).containsText("no history before");
        assertThat(page.locator("#postponed")).hasText("–");
        assertThat(page.locator(".least").first()).isEmpty();
    }

    @Test
    void reloadsIfItDidNotStart() {
        browser.route("**/assets/words.js", route -> route.fulfill(new Route.FulfillOptions().setStatus(503)));
        Page page = browser.newPage();
        page.clock().install();
        page.navigate(ScriptedWall.ADDRESS);
        page.clock().runFor(59_000);
        assertThat(page.locator("#badge-text")).hasText("Connecting");
        browser.unroute("**/assets/words.js");
        // The tab from before the reload may still hold the stream for a moment, and the page's clock stands still.
        for (int second = 0;
                second < 60 && !page.locator("#postponed").textContent().equals("7");
                second++) {
            page.clock().runFor(1_000);
            page.waitForTimeout(250);
        }
        assertThat(page.locator("#postponed")).hasText("7");

        page.evaluate("window.same = true");
        page.clock().runFor(120_000);
        assertThat(page.evaluate("window.same")).isEqualTo(true);
    }

    @Test
    void reloadsIfAStyleSheetIsMissing() {
        browser.route("**/assets/wall.css", route -> route.fulfill(new Route.FulfillOptions().setStatus(429)));
        Page page = browser.newPage();
        page.clock().install();
        page.navigate(ScriptedWall.ADDRESS);
        assertThat(page.locator("#postponed")).hasText("7");
        browser.unroute("**/assets/wall.css");
        page.clock().runFor(61_000);
        assertThat(page.locator("main")).hasCSS("display", "grid");
    }

    @Test
    void signalsRealOutagesButNotThoseKnownBeforeARestart() {
        wall.exercise("test").liveOutages(List.of(ScriptedWall.live("Network", false)));
        Page page = browser.newPage();
        page.navigate(ScriptedWall.ADDRESS);
        assertThat(page.locator("#live-outage")).containsText("Network out since");

        // The war room restarts and must read the topics first.
        wall.liveOutages(null);
        page.waitForResponse("**/api/v1/stream*", () -> {});
        page.waitForResponse("**/api/v1/stream*", () -> {});
        assertThat(page.locator("#live-outage")).containsText("Network out since");
        wall.liveOutages(List.of(ScriptedWall.live("Network", false), ScriptedWall.live("Phones", true)));
        page.waitForResponse("**/api/v1/stream*", () -> {});
        page.waitForResponse("**/api/v1/stream*", () -> {});
        assertThat(page.locator("#notice")).isEmpty();

        wall.liveOutages(List.of(ScriptedWall.live("Records", false), ScriptedWall.live("Network", false)));
        assertThat(page.locator("#notice")).hasText("▲ REAL OUTAGE. New root cause: Records");
        wall.liveOutages(List.of(ScriptedWall.live("Network", true), ScriptedWall.live("Records", true)));
        assertThat(page.locator("#notice")).hasText(Pattern.compile("✓ REAL OUTAGE\\. Back: (Network|Records)"));
        assertThat(page.locator("#live-outage")).isEmpty();
    }

    @Test
    void signalsANewRootCauseIfManyAreOpen() {
        for (int number = 1; number <= 14; number++) {
            wall.outage("pas-" + number, number);
        }
        Page page = opened("");
        assertThat(page.locator("#systems-roots")).hasText("14 root causes");
        // The oldest of those without any impact is the last by rank.
        wall.outage("late", 300);
        assertThat(page.locator("#notice")).hasText("▲ New root cause: System late");
    }

    @Test
    void signalsARootCauseThatFailsAgainWhileDependentsAreStillOut() {
        Outage first = new Outage("chiller", since(300), since(200), false, Evidence.OBSERVED, since(298));
        wall.outage(first, null);
        wall.outage(new Outage("records", since(290), Outage.OPEN, false, Evidence.OBSERVED, since(288)), first);
        Page page = opened("");
        assertThat(page.locator("#outages li")).containsText("1 still out: System records");
        assertThat(page.locator("#systems-roots")).hasText("1 root cause");

        wall.outage("chiller", 1);
        assertThat(page.locator("#notice")).hasText("▲ New root cause: System chiller");
        assertThat(page.locator("#outages li")).hasCount(1);
    }

    @Test
    void showsErrorRealOutageAndSignalNextToEachOther() {
        wall.exercise("heatwave-july-2022")
                .liveOutages(List.of(ScriptedWall.live("Hospital network, core switch", false)));
        Page page = browser.newPage();
        page.navigate(ScriptedWall.ADDRESS);
        assertThat(page.locator("#live-outage")).containsText("out since");
        looksRight(page, "live");
        wall.liveOutages(List.of(
                ScriptedWall.live("Hospital network, core switch", false),
                ScriptedWall.live("Telephones, east", false)));
        assertThat(page.locator("#notice")).hasText("▲ REAL OUTAGE. New root cause: Telephones, east");
        looksRight(page, "live-and-notice");
        wall.counting("STOPPED");
        assertThat(page.locator("#lost")).containsText("EXERCISE. Counting has stopped");
        assertThat(page.locator("#notice")).containsText("Telephones");
        looksRight(page, "lost-live-and-notice");
        page.reload();
        assertThat(page.locator("#lost")).containsText("Counting has stopped");
        wall.liveOutages(List.of());
        assertThat(page.locator("#live-outage")).isEmpty();
        looksRight(page, "lost");
    }

    @Test
    void hasTargetsOfSufficientSizeInTheirPlace() {
        Page page = opened("");
        double margin =
                ((Number) page.evaluate("parseFloat(getComputedStyle(document.body).paddingBottom)")).doubleValue();
        assertThat(page.locator("#sound-title").boundingBox().y
                        + page.locator("#sound-title").boundingBox().height)
                .isLessThanOrEqualTo(720.5 - margin);
        assertThat(
                        page.locator("main h2 a, #to-report, .as-table-switch")
                                .evaluateAll(
                                        "all => all.filter(one => one.getBoundingClientRect().height < 24).map(one => one.textContent)"))
                .as("hard to hit")
                .isEqualTo(List.of());
    }

    private static void looksRight(Page page, String name) {
        for (int[] size : new int[][] {{1920, 1080}, {1280, 720}, {390, 844}}) {
            page.setViewportSize(size[0], size[1]);
            shot(page, name + "-" + size[0]);
            assertThat(page.evaluate(CLEAR_OF_EACH_OTHER))
                    .as(name + " " + size[0])
                    .isEqualTo(List.of());
        }
    }

    private Page opened(String query) {
        Page page = browser.newPage();
        page.navigate(ScriptedWall.ADDRESS + query);
        assertThat(page.locator("#badge-text")).hasText(LIVE);
        assertThat(page.locator("#postponed")).hasText("7");
        return page;
    }

    private static void shot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    private static long since(long minutes) {
        return ScriptedWall.NOW.toEpochMilli() - minutes * 60_000;
    }

    private static ImpactCounts postponed(long postponed) {
        return new ImpactCounts(0, 0, 0, postponed, 0, 0, 0, 0);
    }
}
