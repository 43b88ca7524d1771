package org.knockon.systemtests.warroom;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.impact.model.SystemStatus;

/** No digit of a number is cut off. */
@Timeout(180)
class LargeNumbersBrowserIT {

    private static final ImpactCounts LARGE =
            new ImpactCounts(23_456, 11_111, 14_444, 12_345, 22_222, 33_333, 1_111, 0);
    private static final ImpactCounts PART = new ImpactCounts(2_345, 1_111, 1_444, 11_234, 0, 0, 0, 0);
    private static final long NOW = ScriptedWall.NOW.toEpochMilli();
    private static final long EARLIER = Instant.parse("2022-07-19T12:00:00Z").toEpochMilli();
    /**
     * Elements whose text is cut off. Large digits may be higher than their line, so their height is compared with the
     * section.
     */
    private static final String CUT =
            "() => [...document.querySelectorAll('.card h2, .card .figures, .card .sub, #outlook, main h2, .tag, .hit, .lasted')].filter("
                    + "one => one.checkVisibility() && (one.scrollWidth > one.clientWidth + 1 || one.getBoundingClientRect().bottom"
                    + " > one.closest('section').getBoundingClientRect().bottom)).map(one => `${one.id || one.className}: ${one.textContent}`)";

    @Test
    void fitsLargeNumbersInEveryState() {
        assumeTrue(Chromium.installed().isPresent(), "no chromium on the PATH: apt-get install chromium");
        ScriptedWall wall = new ScriptedWall().exercise("heatwave-july-2022");
        for (int number = 1; number <= 12; number++) {
            wall.outage("data-centre-" + number, 6_000 + number);
            count(wall, "SYSTEM|data-centre-" + number, LARGE);
        }
        Outage network = new Outage("network", NOW - 60_000, Outage.OPEN, false, Evidence.OBSERVED, NOW - 60_000);
        List<String> without =
                IntStream.range(0, 12_345).mapToObj(Integer::toString).toList();
        wall.board.outage(network.id(), new PublishedOutage(network, List.of(network.id()), without, List.of()));
        count(wall, "ALL", LARGE);
        List.of("CATEGORY|OUTPATIENT", "CATEGORY|THEATRE", "PRIORITY|URGENT", "SLOT_DAY_CATEGORY|2022-07-19/OUTPATIENT")
                .forEach(cell -> count(wall, cell, PART));
        for (int hour = 10; hour < 24; hour++) {
            count(wall, "SLOT_HOUR|2022-07-19T" + hour + "+01:00", PART);
        }
        for (int look = 0; look < 20; look++) {
            wall.board.observation(
                    new Observation("pas", SystemStatus.UP, NOW - (230 - look * 10) * 60_000L, "quick", null));
        }
        wall.board.observation(new Observation("pas", SystemStatus.UP, NOW, "other", null));
        try (Chromium chromium = Chromium.start();
                BrowserContext browser = chromium.browser().newContext(new Browser.NewContextOptions())) {
            wall.answer(browser);
            Page page = browser.newPage();
            page.navigate(ScriptedWall.ADDRESS);
            assertThat(page.locator("#postponed")).hasText("69,011");
            assertThat(page.locator("#systems")).hasText("12,358");
            assertThat(page.locator(".least").first()).hasText("at least ");
            fits(page, "late");
            wall.counting("STOPPED");
            assertThat(page.locator(".card .as-at").first()).hasText("as at 16:42");
            fits(page, "lost");
            wall.counting("RUNNING");
            page.navigate(ScriptedWall.ADDRESS + "?at=2022-07-19T15:00:00Z");
            assertThat(page.locator(".card .as-at").first()).hasText("as at 16:00");
            fits(page, "past");
        }
    }

    private static void count(ScriptedWall wall, String cell, ImpactCounts counts) {
        wall.board.counts(Cell.parse(cell), counts, NOW);
        wall.board.history(Cell.parse(cell), counts, EARLIER);
    }

    private static void fits(Page page, String name) {
        for (int[] size : new int[][] {{1920, 1080}, {1280, 720}, {390, 844}}) {
            page.setViewportSize(size[0], size[1]);
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of("target", "page", name + "-large-" + size[0] + ".png")));
            assertThat(page.evaluate(CUT)).as(name + " " + size[0]).isEqualTo(List.of());
        }
    }
}
