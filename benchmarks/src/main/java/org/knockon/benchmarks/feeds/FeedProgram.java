package org.knockon.benchmarks.feeds;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knockon.feeds.run.Ingest;
import org.knockon.feeds.run.IngestSettings;
import org.knockon.feeds.run.OpenFeed;
import org.knockon.feeds.settings.FeedsFile;
import org.knockon.feeds.settings.FeedsFileReader;

/** The child of {@link FeedProcess}: prints where it listens, and exits when its input ends. */
final class FeedProgram {

    private FeedProgram() {}

    /** Arguments: broker, registry, prefix and feeds file; for the zero case, the kind of its messages too. */
    public static void main(String[] arguments) throws Exception {
        Map<String, Object> client = Map.of("bootstrap.servers", arguments[0], "schema.registry.url", arguments[1]);
        String prefix = arguments[2];
        FeedsFile file = FeedsFileReader.read(Path.of(arguments[3]));
        if (arguments.length == 4) {
            try (Ingest ingest =
                    Ingest.start(new IngestSettings(client, prefix, file, Optional.empty()), InstantSource.system())) {
                serve(ingest.http(), port(ingest.open(line -> {})));
            }
        } else {
            MessageKind kind = MessageKind.valueOf(arguments[4]);
            try (ConstantFeeds feeds = new ConstantFeeds(client, prefix, file, kind)) {
                serve(feeds.http(), feeds.port());
            }
        }
        System.exit(0);
    }

    private static int port(List<OpenFeed> open) {
        return open.stream()
                .filter(feed -> feed.name().equals(MessageKind.HL7.feed(0)))
                .findFirst()
                .orElseThrow()
                .port();
    }

    private static void serve(String http, int port) throws IOException {
        System.out.println(http + " " + port);
        while (System.in.read() >= 0) {
            // Only the end of the input matters.
        }
    }
}
