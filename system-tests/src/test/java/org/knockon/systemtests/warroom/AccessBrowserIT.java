package org.knockon.systemtests.warroom;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.cli.Knockon;
import org.knockon.systemtests.ChildCommand;
import org.knockon.systemtests.SharedSandbox;

/** A replay for other rooms: all addresses, TLS and an access file. */
@ExtendWith(SharedSandbox.class)
@Timeout(180)
class AccessBrowserIT {

    private static final Path SCREENSHOTS = Path.of("target", "access");
    private static final String PASSWORD = "long enough to keep";

    private static Path file;
    private static String token;
    private static ChildCommand replay;
    private static String address;
    private static Chromium chromium;

    @BeforeAll
    static void begin(SharedSandbox.Place place, @TempDir Path folder) throws Exception {
        assumeTrue(Chromium.installed().isPresent(), "no chromium on the PATH: apt-get install chromium");
        file = folder.resolve("walls.json");
        token = access("add-display", "gold-room").substring("/wall?token=".length());
        access("add-user", "fay", "--role", "facilitator");
        TestCertificate certificate = TestCertificate.in(folder);
        String[] reach = place.arguments();
        replay = ChildCommand.start(
                folder,
                "replay",
                "pas-outage-demo",
                "--speed",
                "600x",
                "--keep",
                "--run",
                "access",
                "--prefix",
                place.prefix(),
                "--bind",
                "0.0.0.0",
                "--access",
                file.toString(),
                "--tls-cert",
                certificate.certificate().toString(),
                "--tls-key",
                certificate.key().toString(),
                reach[0],
                reach[1],
                reach[2],
                reach[3]);
        address = replay.awaitLine(line -> line.startsWith("wall display: ")).substring("wall display: ".length());
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
        if (replay != null) {
            replay.close();
        }
    }

    @Test
    void showsTheWallToADisplayUntilItsAccessIsRevoked() {
        try (BrowserContext display = context(new Browser.NewContextOptions());
                BrowserContext facilitator =
                        context(new Browser.NewContextOptions().setHttpCredentials("fay", PASSWORD))) {
            Page wall = display.newPage();
            wall.navigate(address + "?mode=wall-controls&token=" + token);
            assertThat(wall).hasURL(Pattern.compile("/wall\\?mode=wall-controls(&speed=\\w+)?$"));
            assertThat(wall.locator("#badge-text")).containsText("Live");
            assertThat(wall.evaluate("document.cookie")).isEqualTo("");
            Cookie cookie = display.cookies().get(0);
            assertThat(cookie.name).startsWith("__Host-");
            assertThat(cookie.httpOnly).isTrue();
            assertThat(cookie.secure).isTrue();
            assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.STRICT);

            assertThat(wall.evaluate(
                            "fetch('/api/v1/replay', {method: 'POST', headers: {'Content-Type': 'application/json'},"
                                    + " body: '{\"paused\": true}'}).then(answer => answer.status)"))
                    .isEqualTo(403);
            Page controls = facilitator.newPage();
            controls.navigate(address);
            controls.locator("#replay-play").click();
            assertThat(wall.locator("#clock-day")).containsText("paused");
            controls.getByText("max", new Page.GetByTextOptions().setExact(true))
                    .click();
            controls.locator("#replay-play").click();
            assertThat(wall.locator("#postponed")).hasText(Pattern.compile("[1-9][\\d,]*"));
            wall.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("display.png")));

            access("revoke", "gold-room");
            assertThat(wall.locator("#badge-text")).containsText("Access has ended. Showing");
            assertThat(wall.locator("#lost")).containsText("Access has ended");
            wall.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("revoked.png")));
            assertThat(controls.locator("#badge-text")).containsText("Live");
            wall.reload();
            assertThat(wall.locator("body")).containsText("the access of this display has ended");
        }
    }

    @Test
    void acceptsADisplayFromALinkOnAnotherPage() {
        String other = access("add-display", "silver-room").substring("/wall?token=".length());
        try (BrowserContext display = context(new Browser.NewContextOptions())) {
            Page page = display.newPage();
            page.setContent("<a href='" + address + "?token=" + other + "'>the wall</a>");
            page.locator("a").click();
            assertThat(page).hasURL(Pattern.compile("/wall(\\?speed=\\w+)?$"));
            assertThat(page.locator("#badge-text")).containsText("Live");
        }
    }

    private static BrowserContext context(Browser.NewContextOptions options) {
        return chromium.browser().newContext(options.setIgnoreHTTPSErrors(true).setViewportSize(1920, 1080));
    }

    /** Runs {@code knockon access} with the password on standard input, and returns its output. */
    private static String access(String... arguments) {
        String[] line = new String[arguments.length + 3];
        line[0] = "access";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        line[line.length - 2] = "--access";
        line[line.length - 1] = file.toString();
        StringWriter out = new StringWriter();
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(PASSWORD.getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(Knockon.commandLine()
                            .setOut(new PrintWriter(out))
                            .setErr(new PrintWriter(out))
                            .execute(line))
                    .as(out.toString())
                    .isZero();
        } finally {
            System.setIn(before);
        }
        return out.toString().strip();
    }
}
