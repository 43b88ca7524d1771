package org.knockon.systemtests.warroom;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.impact.model.SystemStatus;

/** Names that would reorder the text around them, in the real page. */
@Timeout(120)
class IsolatedNamesBrowserIT {

    private static final String TURNS = "\u202e";

    /** Bidirectional controls, and texts of a name outside any bdi element. */
    private static final String LOOSE = """
            () => {
              const loose = [];
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
                const text = node.textContent;
                const hidden = node.parentElement.closest('script, style, noscript') !== null;
                if (node.parentElement.localName === 'title') {
                  // The title of an SVG cannot contain elements, so the marks themselves isolate the name.
                  if (/[\\u202a-\\u202e\\u2066\\u2067]|MARK/.test(text.replace(/\\u2068[^\\u2069]*\\u2069/g, ''))) {
                    loose.push(text);
                  }
                  continue;
                }
                if (!hidden && (/[\\u202a-\\u202e\\u2066-\\u2069]/.test(text) || (/MARK/.test(text) && node.parentElement.closest('bdi') === null))) {
                  loose.push(text);
                }
              }
              return [...loose, ...[...document.querySelectorAll('[title]')].map(each => each.title).filter(title => /[\\u202a-\\u202e]/.test(title))];
            }""";

    @Test
    void isolatesEachName() {
        ScriptedWall wall = new ScriptedWall();
        long now = ScriptedWall.NOW.toEpochMilli();
        wall.board.system("pas", system("pas", "MARK-PAS" + TURNS + "lautca", Set.of()));
        wall.board.system("lab", system("lab", "MARK-lab" + TURNS, Set.of("pas")));
        Outage outage = new Outage("pas", now - 3_600_000, Outage.OPEN, false, Evidence.OBSERVED, now - 3_500_000);
        wall.board.outage(
                outage.id(), new PublishedOutage(outage, List.of(outage.id()), List.of("lab"), List.of("clinic")));
        wall.board.service(
                "clinic",
                new CareService(
                        "clinic",
                        "clinic",
                        "RJ1",
                        "RJ121",
                        "MARK site" + TURNS + "\u2069\u2066",
                        "100",
                        Category.OUTPATIENT,
                        List.of()));
        wall.board.observation(new Observation("pas", SystemStatus.DOWN, now - 60_000, "MARK-probe" + TURNS, null));
        wall.exercise("test");
        wall.liveOutages(List.of(ScriptedWall.live("MARK-live" + TURNS, false)));
        assumeTrue(Chromium.installed().isPresent(), "no chromium on the PATH: apt-get install chromium");
        try (Chromium chromium = Chromium.start();
                BrowserContext browser = chromium.browser().newContext(new Browser.NewContextOptions())) {
            wall.answer(browser);
            Page page = browser.newPage();
            page.navigate(ScriptedWall.ADDRESS);

            assertThat(page.locator("#outages .name bdi")).hasText("MARK-PAS\ufffdlautca");
            assertThat(page.locator("#outages .follows bdi")).hasText("MARK-lab\ufffd");
            assertThat(page.locator("#heat tbody th bdi")).hasText("MARK site\ufffd\ufffd\ufffd");
            assertThat(page.locator("#live-outage bdi")).hasText("MARK-live\ufffd");
            assertThat(page.evaluate(LOOSE)).as("outside any bdi").isEqualTo(List.of());
        }
    }

    private static MonitoredSystem system(String id, String name, Set<String> needs) {
        return new MonitoredSystem(id, name, "ZZ9", "APPLICATION", needs, null, null);
    }
}
