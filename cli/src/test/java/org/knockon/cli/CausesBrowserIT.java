package org.knockon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the page takes for the beginning and for the end of a root cause, from one state to the next. */
@Timeout(120)
class CausesBrowserIT {

    /** Tells what each state makes of the bands: began / outlived maintenance / ended. */
    private static final String TOLD =
            "async states => { const {causes} = await import('/assets/causes.js'); const look = causes();"
                    + " return states.map(bands => { const {began, outlived, ended} = look(JSON.parse(bands));"
                    + " return [began, outlived, ended].map(list => list.map(([id]) => id).join()).join('/'); }); }";

    private static final String NOTHING = "//";

    @Test
    void tellsWhatBeganWhatOutlivedMaintenanceAndWhatIsOver() {
        assumeTrue(Chromium.installed().isPresent(), "no chromium on the PATH: apt-get install chromium");
        try (Chromium chromium = Chromium.start();
                BrowserContext browser = chromium.browser().newContext()) {
            new ScriptedWall().answer(browser);
            Page page = browser.newPage();
            page.navigate(ScriptedWall.ADDRESS);

            assertThat(told(
                            page,
                            "",
                            band("pas@1", null, null, false),
                            band("pas@1", 3, null, false),
                            band("pas@1", 3, 5, false)))
                    .as("an outage")
                    .containsExactly(NOTHING, "pas//", NOTHING, "//pas");
            assertThat(told(
                            page,
                            band("net@1", null, null, true),
                            band("net@1", 3, null, false),
                            band("net@1", 3, 9, false)))
                    .as("maintenance that is outlived")
                    .containsExactly(NOTHING, "/net/", "//net");
            assertThat(told(
                            page,
                            band("net@1", null, null, true),
                            band("net@1", 3, null, true),
                            band("net@1", 3, 4, true)))
                    .as("maintenance that is not")
                    .containsExactly(NOTHING, NOTHING, NOTHING);
            assertThat(told(page, band("pas@2", null, null, false), "", band("pas@1", null, null, false)))
                    .as("a beginning that moves, seen amid the move")
                    .containsExactly(NOTHING, NOTHING, NOTHING);
            assertThat(told(page, band("pas@2", null, null, false), "", "", band("pas@7", null, null, false)))
                    .as("one that was taken back, and another")
                    .containsExactly(NOTHING, NOTHING, NOTHING, "pas//");
        }
    }

    @SuppressWarnings("unchecked")
    private static List<String> told(Page page, String... states) {
        return (List<String>) page.evaluate(
                TOLD, List.of(states).stream().map(state -> "[" + state + "]").toList());
    }

    private static String band(String outageId, Integer backAt, Integer to, boolean planned) {
        return "{\"outageId\":\"%s\",\"name\":\"any\",\"backAt\":%s,\"to\":%s,\"planned\":%s}"
                .formatted(outageId, backAt, to, planned);
    }
}
