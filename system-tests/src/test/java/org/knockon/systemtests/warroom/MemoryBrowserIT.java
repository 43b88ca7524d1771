package org.knockon.systemtests.warroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.systemtests.ChildCommand;
import org.knockon.systemtests.SharedSandbox;

/** A wall stays on for weeks: its memory must not grow with what it has shown. */
@ExtendWith(SharedSandbox.class)
class MemoryBrowserIT {

    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final double PATIENCE = 240_000;
    private static final double MAX_HEAP_GROWTH = 1_500_000;
    /** Nodes of a wall with every row and band in use; quiet days have about 800. */
    private static final double MAX_SHOWN = 2_500;

    private static final String SHOWN = "shown";
    private static final String LEFT_BEHIND = "left behind";

    @Test
    @EnabledIfSystemProperty(
            named = "knockon.long",
            matches = "true",
            disabledReason = "a week of a replay: ./verify --long")
    @Timeout(360)
    void leavesNothingBehindInThePageAfterAWeek(SharedSandbox.Place place, @TempDir Path folder) throws Exception {
        assumeTrue(Chromium.installed().isPresent(), "no chromium on the PATH: apt-get install chromium");
        String[] reach = place.arguments();
        try (ChildCommand replay = ChildCommand.start(
                        folder,
                        "replay",
                        "july-heatwave-2022",
                        "--speed",
                        "15000x",
                        "--keep",
                        "--run",
                        "week",
                        "--prefix",
                        place.prefix(),
                        reach[0],
                        reach[1],
                        reach[2],
                        reach[3]);
                Chromium chromium = Chromium.start()) {
            String address =
                    replay.awaitLine(line -> line.startsWith("wall display: ")).substring("wall display: ".length());
            Page page = chromium.browser().newPage(new Browser.NewPageOptions().setViewportSize(1920, 1080));
            page.addInitScript(
                    "window.states = 0; const listen = EventSource.prototype.addEventListener;"
                            + " EventSource.prototype.addEventListener = function (kind, listener) {"
                            + " listen.call(this, kind, event => { window.states += kind === 'snapshot'; listener(event); }); };");
            page.navigate(address);
            CDPSession inside = page.context().newCDPSession(page);
            inside.send("Performance.enable");

            long first = shownFrom(page, Long.MIN_VALUE);
            long early = shownFrom(page, first + 2 * DAY);
            Map<String, Double> before = held(page, inside);
            int states = states(page);
            long late = shownFrom(page, early + 6 * DAY);
            Map<String, Double> after = held(page, inside);

            String figures = "%.1f days and %d states; before %s, after %s"
                    .formatted((late - first) / (double) DAY, states(page), before, after);
            int shown = states(page) - states;
            assertThat(shown).as(figures).isGreaterThan(30);
            // Less than one node per state: the page varies with the outages, but removed nodes must be gone.
            assertThat(after.get(LEFT_BEHIND)).as(figures).isLessThan(before.get(LEFT_BEHIND) + shown);
            assertThat(after.get(SHOWN)).as(figures).isLessThan(MAX_SHOWN);
            assertThat(after.get("JSEventListeners")).as(figures).isLessThanOrEqualTo(before.get("JSEventListeners"));
            assertThat(after.get("JSHeapUsedSize") - before.get("JSHeapUsedSize"))
                    .as(figures)
                    .isLessThan(MAX_HEAP_GROWTH);
        }
    }

    /** Event time on the page once it has reached a minimum, epoch milliseconds. */
    private static long shownFrom(Page page, long least) {
        long[] now = {Long.MIN_VALUE};
        page.waitForCondition(
                () -> {
                    Object board = page.evaluate("fetch('/api/v1/state').then(state => state.json())"
                            + ".then(({board}) => board === null ? null : String(board.now))");
                    now[0] = board == null ? Long.MIN_VALUE : Long.parseLong((String) board);
                    return board != null && now[0] >= least;
                },
                new Page.WaitForConditionOptions().setTimeout(PATIENCE));
        return now[0];
    }

    private static int states(Page page) {
        return ((Number) page.evaluate("window.states")).intValue();
    }

    private static Map<String, Double> held(Page page, CDPSession inside) {
        Map<String, Double> least = heldNow(page, inside);
        // A state between the two counts looks like nodes left behind; only real leftovers remain.
        for (int again = 0; again < 4; again++) {
            Map<String, Double> held = heldNow(page, inside);
            least = held.get(LEFT_BEHIND) < least.get(LEFT_BEHIND) ? held : least;
        }
        return least;
    }

    private static Map<String, Double> heldNow(Page page, CDPSession inside) {
        // Twice: the second collection removes what was reachable only through garbage of the first.
        inside.send("HeapProfiler.collectGarbage");
        inside.send("HeapProfiler.collectGarbage");
        Map<String, Double> held = new TreeMap<>();
        for (JsonElement metric : inside.send("Performance.getMetrics").getAsJsonArray("metrics")) {
            String name = metric.getAsJsonObject().get("name").getAsString();
            if (name.equals("Nodes") || name.equals("JSHeapUsedSize") || name.equals("JSEventListeners")) {
                held.put(name, metric.getAsJsonObject().get("value").getAsDouble());
            }
        }
        Object shown = page.evaluate("(() => { const nodes = document.createTreeWalker(document); let shown = 1;"
                + " while (nodes.nextNode()) shown++; return shown; })()");
        held.put(SHOWN, ((Number) shown).doubleValue());
        held.put(LEFT_BEHIND, held.get("Nodes") - held.get(SHOWN));
        return held;
    }
}
