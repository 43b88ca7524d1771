package org.knockon.feeds.http;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.knockon.feeds.count.FeedMetrics;
import org.knockon.feeds.message.FeedRequest;
import org.knockon.feeds.message.FeedResponse;
import org.knockon.feeds.message.RefusalReason;
import org.knockon.feeds.settings.HttpSettings;
import org.knockon.server.threads.SupervisedThreads;

/** The HTTP server with one feed, {@code am}, that accepts every message. */
final class TestServer implements AutoCloseable {

    private final SupervisedThreads threads = new SupervisedThreads();
    private final FeedServer server;

    /** @param publishing answers from its threads, as a feed does once the broker has everything */
    TestServer(Executor publishing) {
        server = FeedServer.start(
                new HttpSettings("127.0.0.1", 0, Optional.empty(), false, Optional.empty()),
                new Healthy(),
                new FeedMetrics(),
                InstantSource.system(),
                threads);
        HttpFeeds.Post post = new HttpFeeds.Post(new Accepting(publishing), Optional.empty());
        server.open(new HttpFeeds(Map.of("am", post), Map.of()));
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        threads.closing();
        server.close();
    }

    private static final class Healthy implements FeedHealth {

        @Override
        public Optional<String> fault() {
            return Optional.empty();
        }

        @Override
        public Optional<String> notReady() {
            return Optional.empty();
        }

        @Override
        public boolean started() {
            return true;
        }
    }

    private record Accepting(Executor publishing) implements HttpFeed {

        @Override
        public Set<String> methods() {
            return Set.of("POST", "GET");
        }

        @Override
        public int largestBody(String path) {
            return 1_000;
        }

        @Override
        public CompletionStage<FeedResponse> handle(FeedRequest request, long receivedAt) {
            return CompletableFuture.supplyAsync(() -> new FeedResponse(200, Map.of(), "{}"), publishing);
        }

        @Override
        public FeedResponse refuse(RefusalReason reason, String method, long bytes, long receivedAt) {
            return new FeedResponse(400, Map.of(), "");
        }

        @Override
        public FeedResponse unavailable() {
            return new FeedResponse(503, Map.of(), "");
        }
    }
}
