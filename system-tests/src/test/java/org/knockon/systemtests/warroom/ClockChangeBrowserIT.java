package org.knockon.systemtests.warroom;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.ImpactCounts;

/** The wall in the night when the clocks go back. */
@Timeout(180)
class ClockChangeBrowserIT {

    private static final String MIDNIGHT =
            "async ([zone, day]) => { const words = await import('/assets/words.js'); words.useZone(zone);"
                    + " return new Date(words.midnight(Date.parse(day) / 86400000)).toISOString(); }";

    @Test
    void showsTheRepeatedHourTwiceWithItsZone() {
        assumeTrue(Chromium.installed().isPresent(), "no chromium on the PATH: apt-get install chromium");
        Instant now = Instant.parse("2022-10-30T00:15:00Z");
        ScriptedWall wall = new ScriptedWall(now);
        List.of("ALL 3", "SLOT_HOUR|2022-10-30T01+01:00 1", "SLOT_HOUR|2022-10-30T01+00:00 2")
                .forEach(cell -> count(wall, cell.split(" ")[0], Long.parseLong(cell.split(" ")[1]), now));
        try (Chromium chromium = Chromium.start();
                BrowserContext browser = chromium.browser().newContext()) {
            wall.answer(browser);
            Page page = browser.newPage();
            page.navigate(ScriptedWall.ADDRESS);
            assertThat(page.locator("#risk-soon")).hasText("3");
            assertThat(page.locator("#risk-until")).hasText("until 05:00");

            assertThat(row(page, 11)).containsExactly("30 October 00:00", "0", "0", "0", "0");
            assertThat(row(page, 12)).containsExactly("30 October 01:00 BST", "0", "0", "0", "1");
            assertThat(row(page, 13)).containsExactly("30 October 01:00 GMT", "0", "0", "0", "2");
            assertThat(row(page, 14)).containsExactly("30 October 02:00", "0", "0", "0", "0");

            assertThat(page.evaluate(MIDNIGHT, List.of("Europe/London", "2022-10-30")))
                    .isEqualTo("2022-10-29T23:00:00.000Z");
            assertThat(page.evaluate(MIDNIGHT, List.of("Australia/Sydney", "2022-10-02")))
                    .as("the clock changes between midnight there and midnight of UTC")
                    .isEqualTo("2022-10-01T14:00:00.000Z");
            assertThat(page.evaluate(MIDNIGHT, List.of("Africa/Cairo", "2024-04-26")))
                    .as("a day without midnight begins at 01:00")
                    .isEqualTo("2024-04-25T22:00:00.000Z");
        }
    }

    private static List<String> row(Page page, int number) {
        return page.locator("#hours-table tbody tr")
                .nth(number)
                .locator("th, td")
                .allTextContents();
    }

    private static void count(ScriptedWall wall, String cell, long atRisk, Instant now) {
        wall.board.counts(Cell.parse(cell), new ImpactCounts(atRisk, 0, 0, 0, 0, 0, 0, 0), now.toEpochMilli());
    }
}
