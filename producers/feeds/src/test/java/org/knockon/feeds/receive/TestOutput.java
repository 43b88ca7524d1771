package org.knockon.feeds.receive;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.knockon.feeds.count.FeedCounts;
import org.knockon.feeds.count.FeedJournal;
import org.knockon.feeds.count.FeedMetrics;
import org.knockon.feeds.publish.Delivery;
import org.knockon.feeds.publish.Publication;
import org.knockon.feeds.state.FeedMemory;
import org.knockon.schemas.FeedState;

/** The way out of one feed without a broker: keeps what was published, and may be away. */
public final class TestOutput implements InstantSource {

    public static final long NOON = 1_772_452_800_000L;

    public final List<Publication> published = new CopyOnWriteArrayList<>();
    final FeedMemory memory;
    public final FeedCounts counts;
    final FeedJournal journal = new FeedJournal();
    public final FeedOutput output;
    /** What each call published, or tried to publish. */
    final List<List<Publication>> calls = new CopyOnWriteArrayList<>();

    public volatile boolean away;
    /** If set, the answer to everything that is published. */
    CompletableFuture<Delivery> held;

    public long now = NOON;

    public TestOutput(String feed) {
        memory = new FeedMemory(List.of(new FeedMemory.Feed(feed, feed, false)));
        counts = new FeedMetrics().feed(feed, "test");
        output = new FeedOutput(
                new FeedLife(counts, journal, new LateObservations()), this::publish, memory, Runnable::run, this);
    }

    private CompletableFuture<Delivery> publish(List<Publication> publications) {
        calls.add(publications);
        if (held != null) {
            return held;
        }
        if (away) {
            return CompletableFuture.completedFuture(Delivery.UNAVAILABLE);
        }
        published.addAll(publications);
        return CompletableFuture.completedFuture(Delivery.ACKNOWLEDGED);
    }

    public List<List<Publication>> calls() {
        return calls;
    }

    public List<FeedState> states() {
        return published.stream().flatMap(each -> each.states().stream()).toList();
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(now);
    }
}
