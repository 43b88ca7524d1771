package org.knockon.benchmarks.wall;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The wall in a real browser. Records each change of the number at risk. For one thread. */
final class WallPage implements AutoCloseable {

    /** Records the number and the time as soon as the page changes it. */
    private static final String WATCH = """
            () => {
              const number = document.getElementById('risk-soon');
              window.seen = [];
              let last = number.textContent;
              new MutationObserver(() => {
                if (number.textContent !== last) {
                  last = number.textContent;
                  window.seen.push({text: last, at: Date.now()});
                }
              }).observe(number, {childList: true, characterData: true, subtree: true});
            }""";

    private static final double LONGEST_MILLIS = 60_000;

    private final Playwright playwright;
    private final Browser browser;
    private final Page page;

    /** @param at epoch milliseconds, by this machine's clock */
    record Change(String text, long at) {}

    private WallPage(Playwright playwright, Browser browser, Page page) {
        this.playwright = playwright;
        this.browser = browser;
        this.page = page;
    }

    static WallPage open(String address) {
        Path chromium = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("no Chromium on the PATH; on Debian: apt install chromium"));
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
        Page page = browser.newPage(new Browser.NewPageOptions().setViewportSize(1920, 1080));
        page.setDefaultTimeout(LONGEST_MILLIS);
        page.navigate(address);
        WallPage wall = new WallPage(playwright, browser, page);
        wall.awaitNumber(0);
        page.evaluate(WATCH);
        return wall;
    }

    /** Returns once the page shows this number. */
    void awaitNumber(long number) {
        page.locator("#risk-soon:text-is('" + String.format(Locale.UK, "%,d", number) + "')")
                .waitFor();
    }

    /** Changes since the last call, oldest first. */
    @SuppressWarnings("unchecked")
    List<Change> takeChanges() {
        List<Map<String, Object>> changes = (List<Map<String, Object>>) page.evaluate("() => window.seen.splice(0)");
        return changes.stream()
                .map(change -> new Change((String) change.get("text"), ((Number) change.get("at")).longValue()))
                .toList();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
