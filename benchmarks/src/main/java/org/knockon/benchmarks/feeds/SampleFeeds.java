package org.knockon.benchmarks.feeds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.knockon.feeds.settings.FeedSettings;
import org.knockon.feeds.settings.FeedsFile;
import org.knockon.feeds.settings.PseudonymKeyFile;
import org.knockon.feeds.state.FeedMemory;

/** The feeds file of the measures, and what its feeds have in common. */
final class SampleFeeds {

    static final Set<String> POST = Set.of("POST");

    private SampleFeeds() {}

    /** Writes the file and its key. */
    static Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        PseudonymKeyFile.create(folder.resolve("pseudonym.key"));
        return Files.writeString(folder.resolve("feeds.yaml"), SampleMessages.feedsFile());
    }

    static FeedSettings named(FeedsFile file, String name) {
        return file.feeds().stream()
                .filter(feed -> feed.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** An empty memory for all feeds of the file. */
    static FeedMemory memory(FeedsFile file) {
        return new FeedMemory(file.feeds().stream()
                .map(feed -> new FeedMemory.Feed(feed.name(), feed.identity().namespace(), false))
                .toList());
    }
}
