package org.knockon.systemtests.warroom;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.systemtests.SharedSandbox;

/** A screen reports what fails behind it, in words and, if turned on, with a sound. */
@ExtendWith(SharedSandbox.class)
@Timeout(240)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FreshnessBrowserIT {

    private static final Path SCREENSHOTS = Path.of("target", "freshness");
    /** Silence and counting that is behind take a minute to be detected. */
    private static final double PATIENCE = 90_000;

    private static final String RECORD_NOTES =
            "const start = OscillatorNode.prototype.start; window.notes = []; OscillatorNode.prototype.start ="
                    + " function (at) { window.notes.push(this.frequency.value); return start.call(this, at); };";
    private static final List<Integer> CAUSE = List.of(880, 587);
    private static final List<Integer> LOST = List.of(698, 698, 698);
    private static final List<Integer> RECOVERED = List.of(587, 880);

    private static LiveHospital hospital;
    private static Chromium chromium;
    private static BrowserContext browser;
    private static Page one;
    private static Page two;

    @BeforeAll
    static void open(SharedSandbox.Place place, @TempDir Path folder) throws Exception {
        assumeTrue(Chromium.installed().isPresent(), "no chromium on the PATH: apt-get install chromium");
        hospital = new LiveHospital(place, folder);
        hospital.observe("probe", "pas", "UP", Instant.now().minusSeconds(600));
        chromium = Chromium.start();
        browser = chromium.browser().newContext(new Browser.NewContextOptions().setViewportSize(1280, 720));
        browser.addInitScript(RECORD_NOTES);
        one = page("");
        two = page("");
        assertThat(two.locator("#badge-text")).hasText(Pattern.compile("Live.*"));
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
        if (hospital != null) {
            hospital.close();
        }
    }

    @Test
    @Order(1)
    void showsANewRootCauseOnAllTabsAndPlaysItsSoundInOne() {
        assertThat(one.locator("#sound-turn")).isHidden();
        for (Page page : List.of(one, two)) {
            page.locator("#sound-title").click();
            assertThat(page.locator("#sound-message")).hasText("Sound is off");
            page.locator("#sound-turn").click();
            assertThat(page.locator("#sound-title")).hasText("Sound on");
        }
        page("?mode=wall").close();
        one.locator("#sound-test").click();
        assertThat(notes(one)).isEqualTo(CAUSE);
        one.evaluate("window.notes.length = 0");
        shot("sound");
        one.locator("#sound-title").click();

        hospital.observe("probe", "pas", "DOWN", ago(120), ago(60));

        for (Page page : List.of(one, two)) {
            assertThat(page.locator("#notice")).hasText("▲ New root cause: Patient administration");
            assertThat(page.locator("#acknowledge")).isVisible();
        }
        assertThat(sounded(1)).isEqualTo(CAUSE);
        shot("root-cause");
        isAccessible();
    }

    @Test
    @Order(2)
    void marksEveryCountAsALowerBoundWhenAMonitorStops() {
        assertThat(one.locator(".least").first()).isEmpty();
        hospital.observe(
                "scanner",
                "net",
                "UP",
                IntStream.rangeClosed(0, 12).mapToObj(n -> ago(270 - 20L * n)).toArray(Instant[]::new));
        assertThat(one.locator("#feeds")).containsText("scanner ✓");

        assertThat(one.locator("#badge-text")).hasText("Live, but 1 feed silent", patiently());
        assertThat(one.locator("#feeds")).containsText("scanner ✕ silent since");
        for (int card = 0; card < 3; card++) {
            assertThat(one.locator(".least").nth(card)).hasText("at least ");
        }
        shot("feed-silent");

        hospital.observe("scanner", "net", "UP", Instant.now());
        assertThat(one.locator("#badge-text")).hasText(Pattern.compile("Live, \\d+s ago"));
        assertThat(one.locator(".least").first()).isEmpty();
    }

    @Test
    @Order(3)
    void repeatsASignalUntilItIsAcknowledgedInAnyTab() {
        assertThat(sounded(2).subList(2, 4)).isEqualTo(CAUSE);
        two.locator("#acknowledge").click();

        for (Page page : List.of(one, two)) {
            assertThat(page.locator("#notice")).isEmpty();
            assertThat(page.locator("#acknowledge")).isHidden();
        }
        forget();
        hospital.observe("probe", "pas", "UP", ago(40), Instant.now());
        assertThat(one.locator("#notice")).hasText("✓ Back: Patient administration");
        assertThat(sounded(1)).isEqualTo(RECOVERED);
        assertThat(one.locator("#acknowledge")).isHidden();
    }

    @Test
    @Order(4)
    void reportsThatTheStreamsAppWasKilledAndItsReturn() throws Exception {
        forget();
        hospital.killStreams();
        hospital.observe("probe", "net", "UP", Instant.now());

        assertThat(one.locator("#badge-text")).hasText(Pattern.compile("Catching up, \\d+s behind"), patiently());
        assertThat(two.locator("#lost"))
                .hasText(Pattern.compile("✕ Counting (has stopped|is \\d+s behind)\\. Showing .*"), patiently());
        assertThat(one.locator("#acknowledge")).isVisible();
        assertThat(sounded(1).subList(0, 3)).isEqualTo(LOST);
        shot("counting-stopped");

        hospital.startStreams();
        assertThat(one.locator("#badge-text")).hasText(Pattern.compile("Live.*"), patiently());
        assertThat(one.locator("#notice")).hasText("✓ Up to date again");
        assertThat(one.locator("#acknowledge")).isHidden();
        // The alarm may have sounded more than once, depending on how long the start took.
        one.waitForCondition(
                () -> endsWith(notes(one), RECOVERED) || endsWith(notes(two), RECOVERED),
                new Page.WaitForConditionOptions().setTimeout(PATIENCE));
    }

    @Test
    @Order(5)
    void playsASignalAtMostFiveTimes() {
        try (BrowserContext alone = chromium.browser().newContext()) {
            alone.addInitScript(RECORD_NOTES);
            Page page = alone.newPage();
            page.route(Pattern.compile(".*/api/v1/stream.*"), Route::abort);
            page.clock().install();
            page.navigate(hospital.address() + "?sound=on");
            page.locator("h1").click();
            assertThat(page.locator("#sound-title")).hasText("Sound on");
            page.clock().runFor(26_000);
            assertThat(page.locator("#lost")).containsText("Connection lost");
            List<Integer> all = new ArrayList<>(LOST);
            for (int ring = 1; ring < 5; ring++) {
                hasSounded(page, all);
                all.addAll(LOST);
                page.clock().runFor(60_000);
            }
            hasSounded(page, all);
            page.clock().runFor(300_000);
            assertThat(notes(page)).isEqualTo(all);
            assertThat(page.locator("#acknowledge")).isHidden();
        }
    }

    @Test
    @Order(6)
    void hasNoControlsOnAWallAndPlaysSoundsIfItsAddressSaysSo() {
        try (Page wall = page("?mode=wall&sound=on")) {
            assertThat(wall.locator("#sound")).isHidden();
            assertThat(wall.url()).contains("sound=on");
        }
    }

    private static void isAccessible() {
        for (int[] size : new int[][] {{1280, 720}, {390, 844}, {320, 640}}) {
            one.setViewportSize(size[0], size[1]);
            one.locator("#sound-title").click();
            shot(size[0] + "x" + size[1]);
            assertThat(one.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .as("width of " + size[0])
                    .isEqualTo(true);
            assertThat(one.locator("#sound summary, #sound button")
                            .evaluateAll(
                                    "all => all.map(one => one.getBoundingClientRect()).filter(box => box.width < 44"
                                            + " || box.height < 44 || box.left < 0 || box.right > innerWidth)"))
                    .as("too small or cut off at " + size[0])
                    .isEqualTo(List.of());
            assertThat(new AxeBuilder(one)
                            .setLegacyMode(true).analyze().getViolations().stream()
                                    .filter(found ->
                                            List.of("serious", "critical").contains(found.getImpact()))
                                    .map(found -> found.getId() + " "
                                            + found.getNodes().get(0).getHtml()))
                    .as(size[0] + " wide")
                    .isEmpty();
            one.locator("#sound-title").click();
        }
        one.setViewportSize(1280, 720);
    }

    private static Page page(String query) {
        Page page = browser.newPage();
        page.navigate(hospital.address() + query);
        return page;
    }

    /** The notes of both tabs, once there are so many signals. */
    private static List<Integer> sounded(int signals) {
        one.waitForCondition(
                () -> notes(one).size() + notes(two).size() >= 2 * signals,
                new Page.WaitForConditionOptions().setTimeout(PATIENCE));
        return Stream.concat(notes(one).stream(), notes(two).stream()).toList();
    }

    private static boolean endsWith(List<Integer> notes, List<Integer> end) {
        return notes.size() >= end.size()
                && notes.subList(notes.size() - end.size(), notes.size()).equals(end);
    }

    private static void hasSounded(Page page, List<Integer> all) {
        page.waitForCondition(() -> notes(page).size() >= all.size());
        assertThat(notes(page)).isEqualTo(all);
    }

    private static void forget() {
        one.evaluate("window.notes.length = 0");
        two.evaluate("window.notes.length = 0");
    }

    @SuppressWarnings("unchecked")
    private static List<Integer> notes(Page page) {
        return ((List<Number>) page.evaluate("window.notes.map(Math.round)"))
                .stream().map(Number::intValue).toList();
    }

    private static Instant ago(long seconds) {
        return Instant.now().minusSeconds(seconds);
    }

    private static void shot(String name) {
        one.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(one.viewportSize().width < 1000));
    }

    private static LocatorAssertions.HasTextOptions patiently() {
        return new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE);
    }
}
