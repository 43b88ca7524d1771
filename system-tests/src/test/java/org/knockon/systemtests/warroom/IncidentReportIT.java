package org.knockon.systemtests.warroom;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;

/** The incident report of a real replay: from the server, from the command, and in a browser. */
@ExtendWith({SharedSandbox.class, FinishedDemo.class})
@Timeout(180)
class IncidentReportIT {

    private static final Path SCREENSHOTS = Path.of("target", "report");
    private static final List<String> COUNTS = List.of(
            "postponed",
            "unconfirmed",
            "deliveredInDowntime",
            "atRisk",
            "awaitingDate",
            "rebooked",
            "recovered",
            "abandoned",
            "outstanding",
            "delayMinutes");

    private static String prefix;
    private static String address;

    @BeforeAll
    static void find(FinishedDemo.Run demo) {
        prefix = demo.prefix();
        address = demo.address() + "/report";
    }

    @Test
    void hasTheCountsOfTheTopicAndTheSameBytesFromServerAndCommand(SharedSandbox.Place place) throws Exception {
        JsonNode counts = CommandRun.of(place, "watch", "--once", "--output", "json", "--prefix", prefix)
                .json()
                .get(0)
                .get("counts");
        String json = report(place, "json").out();
        JsonNode report = CommandRun.parse(json);
        JsonNode figures = report.get("summary").get("figures");

        assertThat(counts.get("postponed").longValue()).isPositive();
        COUNTS.forEach(count -> {
            assertThat(figures.get(count)).as(count).isEqualTo(counts.get(count));
            for (String breakdown : List.of("byCategory", "bySpecialty", "byDay")) {
                assertThat(StreamSupport.stream(report.get(breakdown).spliterator(), false)
                                .mapToLong(row -> row.get("figures").get(count).longValue())
                                .sum())
                        .as(breakdown + " " + count)
                        .isEqualTo(counts.get(count).longValue());
            }
        });
        assertThat(report.get("causes").findValuesAsText("system")).contains("Patient administration system");
        assertThat(report.get("provenance").get("read").findValuesAsText("topic"))
                .contains(prefix + "impact-counts", prefix + "outages", prefix + "system-health");
        assertThat(report(place, "json").out()).as("created again").isEqualTo(json);
        assertThat(get(address + ".json").body()).as("from the server").isEqualTo(json);
        assertThat(get(address + ".csv").body())
                .as("from the server")
                .isEqualTo(report(place, "csv").out());
    }

    @Test
    void rejectsAFutureTimeAndAnUnknownFormat(SharedSandbox.Place place) {
        CommandRun future = CommandRun.of(place, "report", "--prefix", prefix, "--at", "2099-01-01T00:00:00Z");
        assertThat(future.exitCode()).isEqualTo(2);
        assertThat(future.out()).isEmpty();
        CommandRun none = CommandRun.of(place, "report", "--prefix", prefix, "--form", "pdf");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("html, json or csv");
    }

    @Test
    void isAccessiblePrintableAndContactsNoOtherHost() {
        assumeTrue(Chromium.installed().isPresent(), "no chromium on the PATH: apt-get install chromium");
        List<String> wrong = new CopyOnWriteArrayList<>();
        try (Chromium chromium = Chromium.start();
                Page page = chromium.browser().newPage(new Browser.NewPageOptions().setViewportSize(1280, 900))) {
            page.onConsoleMessage(message -> wrong.add(message.type() + " " + message.text()));
            page.onRequest(request -> {
                if (!request.url().startsWith(address.replace("/report", "/"))) {
                    wrong.add(request.url());
                }
            });
            page.navigate(address);
            assertThat(page.locator(".mark")).hasText("EXERCISE, synthetic data: demo");
            assertThat(page.title()).startsWith("EXERCISE");
            assertThat(page.locator(".total")).hasCount(3);
            shot(page, "desk");
            for (int width : new int[] {1280, 320}) {
                page.setViewportSize(width, 900);
                assertThat(((Number) page.evaluate("document.documentElement.scrollWidth")).intValue())
                        .as("width of " + width)
                        .isLessThanOrEqualTo(width);
                assertThat(new AxeBuilder(page)
                                .setLegacyMode(true).analyze().getViolations().stream()
                                        .map(found -> found.getId() + " "
                                                + found.getNodes().get(0).getHtml()))
                        .as(width + " wide")
                        .isEmpty();
            }
            shot(page, "phone");
            page.setViewportSize(794, 1123);
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            assertThat(((Number) page.evaluate("document.documentElement.scrollWidth")).intValue())
                    .as("nothing is cut off in print")
                    .isLessThanOrEqualTo(794);
            shot(page, "print");
            page.pdf(new Page.PdfOptions()
                    .setPath(SCREENSHOTS.resolve("report.pdf"))
                    .setPreferCSSPageSize(true));
            assertThat(wrong).isEmpty();
        }
    }

    private static void shot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    private static CommandRun report(SharedSandbox.Place place, String form) {
        CommandRun run = CommandRun.of(place, "report", "--form", form, "--prefix", prefix);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    private static HttpResponse<String> get(String uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
