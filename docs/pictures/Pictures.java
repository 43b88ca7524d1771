import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Takes the pictures of the wall while a replay of the heatwave passes 19 July 2022. Run by {@code docs/pictures/make}, which
 * starts the replay, as a single source file with the class path of the benchmarks. Times are event time.
 */
final class Pictures {

    private static final Instant SLOW_DOWN = Instant.parse("2022-07-19T11:30:00Z");
    private static final Instant FIRST_FRAME = Instant.parse("2022-07-19T12:50:00Z"); // 13:50 in London
    private static final Instant LAST_FRAME = Instant.parse("2022-07-19T20:00:00Z");
    private static final Instant STILLS = Instant.parse("2022-07-19T16:00:00Z");
    private static final Duration STEP = Duration.ofMinutes(10);
    private static final String SPEED = "300x"; // two seconds for each frame
    private static final String SLOWER = "60x"; // the state of the wall is a second old
    private static final double PATIENCE_MILLIS = 300_000;

    private static final String AWAIT_TIME = "async at => {"
            + " const state = await (await fetch('/api/v1/state')).json();"
            + " return state.board && state.board.now >= at; }";

    private static final String UP_TO_DATE = "() => ['live', 'feeds'].includes(document.body.dataset.fresh)";

    private static final String CONTROL = "async wish => {"
            + " const answer = await fetch('/api/v1/replay', {method: 'POST',"
            + " headers: {'Content-Type': 'application/json'}, body: JSON.stringify(wish)});"
            + " if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`); }";

    /** Puts the numbers of the guide's five questions on the page: element, and how far along its top edge. */
    private static final String NUMBERS = """
            () => [['#badge', 0], ['section[aria-labelledby=postponed-title]', 0.95],
              ['section[aria-labelledby=risk-title]', 0.95], ['#outages-panel', 0.55], ['#backlog-panel', 0.65]]
              .forEach(([selector, along], index) => {
                const box = document.querySelector(selector).getBoundingClientRect();
                const number = document.createElement('b');
                number.textContent = index + 1;
                number.style.cssText = 'position:fixed;z-index:99;width:52px;height:52px;border-radius:50%;'
                  + 'background:#ffe838;color:#000;font:bold 34px/52px sans-serif;text-align:center;'
                  + `left:${box.left + along * box.width - 26}px;top:${Math.max(0, box.top - 14)}px`;
                document.body.append(number);
              })""";

    private final Browser browser;
    private final String address;
    private final Path folder;

    private Pictures(Browser browser, String address, Path folder) {
        this.browser = browser;
        this.address = address;
        this.folder = folder;
    }

    /** Arguments: the wall's address, the folder for the stills, the folder for the frames. */
    public static void main(String[] args) throws Exception {
        Path chromium = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(path -> Stream.of("chromium", "chromium-browser", "google-chrome").map(name -> Path.of(path, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no Chromium on the PATH; with Debian: apt install chromium"));
        Path frames = Files.createDirectories(Path.of(args[2]));
        var options = new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
        var launch = new BrowserType.LaunchOptions()
                .setExecutablePath(chromium)
                .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage"));
        try (Playwright playwright = Playwright.create(options);
                Browser browser = playwright.chromium().launch(launch)) {
            new Pictures(browser, args[0], Path.of(args[1])).take(frames);
        }
    }

    private void take(Path frames) {
        // 1024x576 pixels: the layout of 1280x720, as wide as a README shows it.
        Page wall = open("?mode=wall", 1280, 720, 0.8);
        await(wall, SLOW_DOWN);
        hold(wall);
        int number = 0;
        for (Instant at = FIRST_FRAME; !at.isAfter(LAST_FRAME); at = at.plus(STEP)) {
            wall.evaluate(CONTROL, Map.of("speed", at.equals(STILLS) ? SLOWER : SPEED));
            await(wall, at);
            hold(wall);
            wall.screenshot(new Page.ScreenshotOptions()
                    .setPath(frames.resolve(String.format("%03d.png", number++))));
            if (at.equals(STILLS)) {
                stills();
            }
        }
    }

    /**
     * Lets time pass as slowly as on a real day, so that a picture shows its own minute however long it takes, and waits
     * until the counts are up to date: on a slow machine the replay gets ahead of them.
     */
    private static void hold(Page wall) {
        wall.evaluate(CONTROL, Map.of("speed", "1x"));
        if (Boolean.FALSE.equals(wall.evaluate(UP_TO_DATE))) {
            wall.waitForTimeout(2_000); // until the server knows of all that was sent before
            until(wall, UP_TO_DATE, null);
        }
    }

    private void stills() {
        still(1920, 1080);
        still(1280, 720);
        still(390, 844);
    }

    private void still(int width, int height) {
        try (Page page = open("", width, height, 1)) {
            if (width == 1920) {
                page.evaluate(NUMBERS);
            }
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(folder.resolve("wall-" + width + "x" + height + ".png"))
                    .setFullPage(width < 1000));
        }
    }

    private Page open(String query, int width, int height, double scale) {
        Page page = browser.newPage(
                new Browser.NewPageOptions().setViewportSize(width, height).setDeviceScaleFactor(scale));
        page.setDefaultTimeout(PATIENCE_MILLIS);
        page.navigate(address + query);
        until(page, "() => /[0-9]/.test(document.querySelector('#postponed').textContent)", null);
        page.waitForTimeout(1_500); // charts and fonts
        return page;
    }

    private static void await(Page page, Instant at) {
        until(page, AWAIT_TIME, (double) at.toEpochMilli());
    }

    /** Asks again and again: the page's security policy forbids Playwright's own way of waiting for an expression. */
    private static void until(Page page, String expression, Object argument) {
        double deadline = System.nanoTime() / 1e6 + PATIENCE_MILLIS;
        while (!Boolean.TRUE.equals(page.evaluate(expression, argument))) {
            if (System.nanoTime() / 1e6 > deadline) {
                throw new IllegalStateException("not true in time for " + argument + ": " + expression);
            }
            page.waitForTimeout(50);
        }
    }
}
