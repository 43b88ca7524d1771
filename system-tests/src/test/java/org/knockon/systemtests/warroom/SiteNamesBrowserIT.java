package org.knockon.systemtests.warroom;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.ImpactCounts;

/** Names of sites must not push numbers out of the table. */
@Timeout(180)
class SiteNamesBrowserIT {

    private static final ImpactCounts LARGE =
            new ImpactCounts(23_456, 11_111, 14_444, 12_345, 22_222, 33_333, 1_111, 0);
    private static final ImpactCounts USUAL = new ImpactCounts(45, 11, 14, 123, 22, 33, 11, 0);
    private static final String ST_THOMAS = "St Thomas' Hospital with Evelina London";
    private static final String MARY_SHERIDAN = "Mary Sheridan Child Health Clinic";

    /** A table wider than its box, and cells outside the table's box. */
    private static final String OUTSIDE = """
            box => {
              const {right, bottom} = box.getBoundingClientRect();
              const out = [...box.querySelectorAll('th, td')].filter(cell =>
                cell.getBoundingClientRect().right > right + 1 || cell.getBoundingClientRect().bottom > bottom + 1);
              return [...out, ...(box.scrollWidth > box.clientWidth + 1 ? [box] : [])].map(one => one.textContent);
            }""";

    private static final String SHORTENED = "one => one.scrollHeight > one.clientHeight + 1";

    @Test
    void cutsNamesOnAWallAndShowsThemInFullOnAPhone() {
        ScriptedWall wall = new ScriptedWall();
        site(wall, "RBHX", null, LARGE);
        site(wall, "RJ121", "Guy's Hospital", LARGE);
        site(wall, "RJ122", ST_THOMAS, LARGE);
        site(wall, "RJ1E7", MARY_SHERIDAN, LARGE);
        try (Chromium chromium = chromium();
                BrowserContext browser = chromium.browser().newContext(new Browser.NewContextOptions())) {
            Page page = open(wall, browser);
            Locator heads = page.locator("#heat tbody th");
            assertThat(heads).hasText(new String[] {"RBHX", "Guy's Hospital", ST_THOMAS, MARY_SHERIDAN});
            assertThat(heads.nth(0)).hasAttribute("title", "RBHX");
            assertThat(heads.nth(2)).hasAttribute("title", ST_THOMAS + " (RJ122)");
            for (int[] size : new int[][] {{1920, 1080}, {1280, 720}}) {
                look(page, "large", size);
                assertThat(page.locator("#heat").evaluate(OUTSIDE))
                        .as("at %d", size[0])
                        .isEqualTo(List.of());
                assertThat(heads.nth(1).locator("span").evaluate(SHORTENED)).isEqualTo(false);
                assertThat(heads.nth(2).locator("span").evaluate(SHORTENED)).isEqualTo(true);
            }
            look(page, "large", new int[] {390, 844});
            assertThat(heads.nth(2).locator("span").evaluate(SHORTENED)).isEqualTo(false);
            assertThat(heads.nth(2).boundingBox().width)
                    .as("leaves half of the screen for the numbers")
                    .isBetween(100.0, 195.0);
            assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .isEqualTo(true);
        }
    }

    @Test
    void leavesRoomForAllRowsAndAllCategories() {
        ScriptedWall wall = new ScriptedWall();
        for (int site = 1; site <= 6; site++) {
            site(wall, "RJ12" + site, ST_THOMAS + " " + site, USUAL);
        }
        try (Chromium chromium = chromium();
                BrowserContext browser = chromium.browser().newContext(new Browser.NewContextOptions())) {
            Page page = open(wall, browser);
            assertThat(page.locator("#heat tbody th")).hasCount(6);
            for (int[] size : new int[][] {{1920, 1080}, {1280, 720}}) {
                look(page, "six", size);
                assertThat(page.locator("#heat").evaluate(OUTSIDE))
                        .as("at %d", size[0])
                        .isEqualTo(List.of());
                assertThat(page.evaluate("document.querySelector('#heat').getBoundingClientRect().bottom"
                                + " <= document.querySelector('#heat-panel').getBoundingClientRect().bottom"))
                        .isEqualTo(true);
            }
        }
    }

    private static Chromium chromium() {
        assumeTrue(Chromium.installed().isPresent(), "no chromium on the PATH: apt-get install chromium");
        return Chromium.start();
    }

    private static Page open(ScriptedWall wall, BrowserContext browser) {
        wall.answer(browser);
        Page page = browser.newPage();
        page.navigate(ScriptedWall.ADDRESS);
        return page;
    }

    private static void site(ScriptedWall wall, String site, String name, ImpactCounts counts) {
        long now = ScriptedWall.NOW.toEpochMilli();
        for (Category category : EnumSet.range(Category.OUTPATIENT, Category.COMMUNITY)) {
            String id = site + "-" + category;
            wall.board.service(id, new CareService(id, id, "RJ1", site, name, "100", category, List.of()));
            wall.board.counts(Cell.parse("SITE_CATEGORY|" + site + "/" + category), counts, now);
        }
    }

    private static void look(Page page, String name, int[] size) {
        page.setViewportSize(size[0], size[1]);
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "page", "sites-" + name + "-" + size[0] + ".png")));
    }
}
