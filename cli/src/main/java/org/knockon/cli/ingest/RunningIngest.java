package org.knockon.cli.ingest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.knockon.cli.connect.StartupWait;
import org.knockon.cli.console.Cleanup;
import org.knockon.cli.console.CommandFailure;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.console.Json;
import org.knockon.cli.console.TextTable;
import org.knockon.cli.settings.Settings;
import org.knockon.feeds.run.Ingest;
import org.knockon.feeds.run.IngestSettings;
import org.knockon.feeds.run.OpenFeed;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;

/** Runs the feeds until they fail or Ctrl-C stops them, and prints where they receive messages. */
final class RunningIngest {

    /** The topics that feeds read or write. */
    private static final List<Topic<?>> TOPICS = List.of(
            Topics.SYSTEMS,
            Topics.CARE_SERVICES,
            Topics.SYSTEM_HEALTH,
            Topics.APPOINTMENTS,
            Topics.REFUSALS,
            Topics.FEEDS);

    private static final Duration CHECK_INTERVAL = Duration.ofMillis(500);

    private final Settings settings;
    private final IngestSettings feeds;
    private final boolean json;
    private final PrintWriter out;
    private final PrintWriter err;

    RunningIngest(Settings settings, IngestSettings feeds, boolean json, PrintWriter out, PrintWriter err) {
        this.settings = settings;
        this.feeds = feeds;
        this.json = json;
        this.out = out;
        this.err = err;
    }

    /** @throws CommandFailure when the feeds fail */
    int run() throws InterruptedException {
        feeds.file().warnings().forEach(warning -> report("warning: " + warning));
        try (Cleanup cleanup = Cleanup.atExit()) {
            Ingest ingest = cleanup.add(start());
            report("health and metrics: " + ingest.http() + " /health/live /health/ready /health/started /metrics");
            ingest.healthPort()
                    .ifPresent(at -> report("health and metrics: http://"
                            + feeds.health().bind() + ":" + at + " /health/live /health/ready /metrics"));
            StartupWait.until(settings, TOPICS, ChronoUnit.FOREVER.getDuration(), err);
            List<OpenFeed> open = open(ingest);
            if (json) {
                out.println(Json.line(json(ingest.http(), open)));
            } else {
                print(ingest.http(), open);
            }
            out.flush();
            while (true) {
                requireWorking(ingest);
                reopenIfLost(ingest);
                Thread.sleep(CHECK_INTERVAL.toMillis());
            }
        }
    }

    private Ingest start() {
        try {
            return Ingest.start(feeds, InstantSource.system());
        } catch (IllegalStateException e) {
            throw new CommandFailure(ExitCodes.PROGRAM_FAILED, e.getMessage(), e);
        }
    }

    private List<OpenFeed> open(Ingest ingest) throws InterruptedException {
        try {
            return ingest.open(this::report);
        } catch (IllegalStateException | UncheckedIOException e) {
            throw new CommandFailure(ExitCodes.PROGRAM_FAILED, e.getMessage(), e);
        }
    }

    private void reopenIfLost(Ingest ingest) throws InterruptedException {
        try {
            ingest.reopenIfLost(this::report);
        } catch (IllegalStateException | UncheckedIOException e) {
            throw new CommandFailure(ExitCodes.PROGRAM_FAILED, e.getMessage(), e);
        }
    }

    private static void requireWorking(Ingest ingest) {
        ingest.failure().ifPresent(why -> {
            throw new CommandFailure(ExitCodes.PROGRAM_FAILED, "the feeds must be started again: " + why);
        });
    }

    private void report(String line) {
        err.println("knockon: " + line);
        err.flush();
    }

    private void print(String http, List<OpenFeed> open) {
        TextTable table = new TextTable(1, 2).row("feed", "kind", "receives at");
        open.forEach(feed -> table.row(feed.name(), feed.kind(), where(feed)));
        table.lines().forEach(out::println);
        out.println("feeds of " + settings.prefix() + "* on " + http + "; Ctrl-C stops them");
    }

    private static String where(OpenFeed feed) {
        return feed.url()
                .or(() -> feed.host().map(host -> host + ":" + feed.port()))
                .orElse("looks by itself");
    }

    private static ObjectNode json(String http, List<OpenFeed> open) {
        ObjectNode json = Json.object().put("http", http);
        ArrayNode list = json.putArray("feeds");
        for (OpenFeed feed : open) {
            ObjectNode node = list.addObject().put("name", feed.name()).put("kind", feed.kind());
            feed.host().ifPresent(host -> node.put("host", host).put("port", feed.port()));
            feed.url().ifPresent(url -> node.put("url", url));
        }
        return json;
    }
}
