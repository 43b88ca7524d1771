package org.knockon.systemtests.warroom;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.ImpactCounts;

/** The wall's page looking back to a time for which only whole hours are kept. */
@Timeout(180)
class HourlyHistoryBrowserIT {

    private static final Instant CONFIRMED = Instant.parse("2022-06-01T10:32:00Z");

    @Test
    void showsTheKnownHourAndGoesToTheFirstHourOfAnEvent() {
        assumeTrue(Chromium.installed().isPresent(), "no chromium on the PATH: apt-get install chromium");
        ScriptedWall wall = new ScriptedWall().exercise("test");
        wall.board.counts(Cell.ALL, postponed(7), ScriptedWall.NOW.toEpochMilli());
        wall.board.history(
                Cell.ALL, postponed(3), CONFIRMED.minus(Duration.ofDays(20)).toEpochMilli());
        wall.board.history(
                Cell.ALL, postponed(5), CONFIRMED.plus(Duration.ofMinutes(20)).toEpochMilli());
        wall.outage("pas", Duration.between(CONFIRMED, ScriptedWall.NOW).toMinutes());
        try (Chromium chromium = Chromium.start();
                BrowserContext browser = chromium.browser().newContext()) {
            wall.answer(browser);
            Page page = browser.newPage();
            page.navigate(ScriptedWall.ADDRESS + "?at=2022-06-01T09:32:00Z");

            assertThat(page.locator("#badge-text")).hasText("Showing 1 June 10:00");
            assertThat(page.locator("#replay-where")).containsText("1 June 10:00");
            assertThat(page).hasURL(Pattern.compile(".*at=2022-06-01T09(:|%3A)00.*"));
            assertThat(page.locator("#postponed")).hasText("3");

            page.locator("#replay-next").click();
            assertThat(page.locator("#badge-text")).hasText("Showing 1 June 12:00");
            assertThat(page.locator("#outages li").first()).containsText("System pas");
            assertThat(page.locator("#postponed")).hasText("5");
            page.navigate("about:blank");
        }
    }

    private static ImpactCounts postponed(long postponed) {
        return new ImpactCounts(0, 0, 0, postponed, 0, 0, 0, 0);
    }
}
