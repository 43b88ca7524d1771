package org.knockon.systemtests.warroom;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.Outage;
import org.knockon.warroom.board.Timeline;

/**
 * How the page shows root causes that are back while dependents are still out, and other outages of the same system.
 */
@Timeout(180)
class RootCausesBrowserIT {

    /** What is found in each state of the bands: began / overran maintenance / ended. */
    private static final String FIND_CHANGES =
            "async states => { const {causes} = await import('/assets/causes.js'); const find = causes();"
                    + " return states.map(bands => { const {began, overran, ended} = find(JSON.parse(bands));"
                    + " return [began, overran, ended].map(list => list.map(([id]) => id).join()).join('/'); }); }";

    private static final String NOTHING = "//";

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
    }

    @AfterEach
    void close() {
        // Otherwise requests could arrive while their context closes.
        browser.pages().forEach(page -> page.navigate("about:blank"));
        browser.close();
    }

    @Test
    void signalsOverrunMaintenance() {
        wall.outage(works(Outage.OPEN), null);
        wall.outage(new Outage("pas", since(85), Outage.OPEN, false, Evidence.OBSERVED, since(83)), works(Outage.OPEN));
        Page page = opened();
        assertThat(page.locator("#outages li")).containsText("Planned");

        wall.outage(works(since(20)), null);
        assertThat(page.locator("#notice"))
                .hasText("▲ Maintenance on System network overran: dependent systems are still down");
    }

    @Test
    void saysThatANumberIncludesOtherTimesAndSinceWhen() {
        wall.outage(new Outage("pas", since(300), since(200), false, Evidence.OBSERVED, since(298)), null);
        wall.outage("pas", 12);
        assertThat(opened().locator("#outages li")).containsText("number includes 1 other time, first ");
    }

    @Test
    void listsRealRootCausesThatAreBackAfterThoseThatAreOut() {
        Timeline.Band out = ScriptedWall.live("Records", false);
        Timeline.Band back = new Timeline.Band(
                "Network@1", "Network", out.from() - 60_000, out.from(), null, false, out.confirmedAt());
        wall.exercise("test").liveOutages(List.of(back, out));
        Page page = opened();
        assertThat(page.locator("#live-outage")).containsText("Records out since");
        assertThat(page.locator("#live-outage")).containsText("and 1 more");

        wall.liveOutages(List.of(back));
        assertThat(page.locator("#live-outage")).containsText("dependents of Network are still out");
    }

    @Test
    void findsWhatBeganWhatOverranMaintenanceAndWhatIsOver() {
        Page page = opened();

        Assertions.assertThat(changes(
                        page,
                        "",
                        band("pas@1", null, null, false),
                        band("pas@1", 3, null, false),
                        band("pas@1", 3, 5, false)))
                .as("an outage")
                .containsExactly(NOTHING, "pas//", NOTHING, "//pas");
        Assertions.assertThat(changes(
                        page,
                        band("net@1", null, null, true),
                        band("net@1", 3, null, false),
                        band("net@1", 3, 9, false)))
                .as("maintenance that overruns")
                .containsExactly(NOTHING, "/net/", "//net");
        Assertions.assertThat(changes(
                        page, band("net@1", null, null, true), band("net@1", 3, null, true), band("net@1", 3, 4, true)))
                .as("maintenance that does not overrun")
                .containsExactly(NOTHING, NOTHING, NOTHING);
        Assertions.assertThat(changes(page, band("pas@2", null, null, false), "", band("pas@1", null, null, false)))
                .as("a start that moves, seen during the move")
                .containsExactly(NOTHING, NOTHING, NOTHING);
        Assertions.assertThat(changes(page, band("pas@2", null, null, false), "", "", band("pas@7", null, null, false)))
                .as("one that was retracted, and another")
                .containsExactly(NOTHING, NOTHING, NOTHING, "pas//");
    }

    @SuppressWarnings("unchecked")
    private static List<String> changes(Page page, String... states) {
        return (List<String>) page.evaluate(
                FIND_CHANGES,
                List.of(states).stream().map(state -> "[" + state + "]").toList());
    }

    private static String band(String outageId, Integer backAt, Integer to, boolean planned) {
        return "{\"outageId\":\"%s\",\"name\":\"any\",\"backAt\":%s,\"to\":%s,\"planned\":%s}"
                .formatted(outageId, backAt, to, planned);
    }

    private Page opened() {
        Page page = browser.newPage();
        page.navigate(ScriptedWall.ADDRESS);
        return page;
    }

    private static Outage works(long to) {
        return new Outage("network", since(90), to, true, Evidence.OBSERVED, since(90));
    }

    private static long since(long minutes) {
        return ScriptedWall.NOW.toEpochMilli() - minutes * 60_000;
    }
}
