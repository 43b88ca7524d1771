package org.knockon.systemtests.warroom;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.systemtests.SharedSandbox;

/** Tabs of one browser share a stream, even if the tab that has it closes or is stuck. */
@ExtendWith(SharedSandbox.class)
@Timeout(240)
class TabsBrowserIT {

    private static final double PATIENCE = 60_000;
    private static final Pattern LIVE = Pattern.compile("Live.*");
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("d MMMM HH:mm", Locale.UK).withZone(ZoneId.of("Europe/London"));

    private static LiveHospital hospital;
    private static Chromium chromium;

    @BeforeAll
    static void open(SharedSandbox.Place place, @TempDir Path folder) throws Exception {
        assumeTrue(Chromium.installed().isPresent(), "no chromium on the PATH: apt-get install chromium");
        hospital = new LiveHospital(place, folder);
        hospital.observe("probe", "pas", "UP", Instant.now());
        chromium = Chromium.start();
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
    void sharesOneStreamBetweenEightTabsAndSurvivesTheEndOfItsTab() {
        try (BrowserContext browser = chromium.browser().newContext()) {
            List<Page> tabs = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                tabs.add(tab(browser));
            }
            until(tabs.get(0), () -> LiveHospital.streams() == 1);

            tabs.remove(0).close();
            Page another = tabs.get(0);
            until(another, () -> LiveHospital.streams() == 1 && silences(tabs) < 3_000);
            tabs.forEach(TabsBrowserIT::isLive);
        }
    }

    @Test
    void takesOverFromAStuckTabBeforeAnyScreenIsLate() {
        try (BrowserContext browser = chromium.browser().newContext()) {
            Page stuck = tab(browser);
            Page second = tab(browser);
            Page third = tab(browser);
            List<Page> others = List.of(second, third);
            others.forEach(TabsBrowserIT::noteEveryBadge);
            stuck.evaluate("setTimeout(() => { const end = Date.now() + 20000; while (Date.now() < end); }, 0)");

            // The server keeps writing to the stuck tab, which no longer reads.
            until(second, () -> LiveHospital.streams() == 2);
            until(second, () -> LiveHospital.streams() == 1);
            isLive(stuck);
            others.forEach(tab -> assertThat(tab.evaluate("window.badges.filter(text => !text.startsWith('Live'))"))
                    .isEqualTo(List.of()));
        }
    }

    @Test
    void reportsALostServerInTabsWithoutAStreamAndRecoversWithIt() throws InterruptedException {
        try (BrowserContext browser = chromium.browser().newContext()) {
            Page first = tab(browser);
            Page second = tab(browser);
            hospital.stopWarRoom();
            for (Page page : List.of(first, second)) {
                assertThat(page.locator("#badge-text")).hasText(Pattern.compile("Late, \\d+s"));
            }
            hospital.restartWarRoom();
            isLive(first);
            isLive(second);
            until(first, () -> LiveHospital.streams() == 1);
        }
    }

    @Test
    void opensOneStreamPerTabIfTheBrowserHasNoLocks() {
        try (BrowserContext browser = chromium.browser().newContext()) {
            browser.addInitScript("Object.defineProperty(Navigator.prototype, 'locks', {get: () => undefined})");
            tab(browser);
            Page two = tab(browser);
            until(two, () -> LiveHospital.streams() == 2);
        }
    }

    @Test
    void keepsTheStreamForOthersWhileATabLooksBack() {
        try (BrowserContext browser = chromium.browser().newContext()) {
            Page now = tab(browser);
            Page then = browser.newPage();
            Instant asked = Instant.ofEpochSecond(Instant.now().getEpochSecond() - 600);
            then.navigate(hospital.address() + "?at=" + asked);
            assertThat(then.locator("#badge-text")).hasText("Showing " + MINUTE.format(asked));
            isLive(now);
            until(now, () -> LiveHospital.streams() == 1);

            then.locator("#replay-follow").click();
            isLive(then);
        }
    }

    private static Page tab(BrowserContext browser) {
        Page page = browser.newPage();
        page.navigate(hospital.address());
        isLive(page);
        assertThat(page.locator("#postponed")).hasText("0");
        return page;
    }

    private static void isLive(Page page) {
        assertThat(page.locator("#badge-text")).hasText(LIVE);
    }

    private static void noteEveryBadge(Page page) {
        page.evaluate("window.badges = []; new MutationObserver(() => window.badges.push("
                + "document.getElementById('badge-text').textContent)).observe(document.getElementById('badge-text'),"
                + " {childList: true, characterData: true, subtree: true})");
    }

    /** Longest time without an event among the tabs, by their own badges, in milliseconds. */
    private static long silences(List<Page> tabs) {
        return tabs.stream()
                .mapToLong(tab -> 1000
                        * Long.parseLong(
                                "0" + tab.locator("#badge-text").textContent().replaceAll("\\D", "")))
                .max()
                .orElseThrow();
    }

    private static void until(Page page, BooleanSupplier condition) {
        page.waitForCondition(condition, new Page.WaitForConditionOptions().setTimeout(PATIENCE));
    }
}
