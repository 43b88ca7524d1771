package org.knockon.benchmarks.feeds;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.knockon.feeds.count.FeedMetrics;
import org.knockon.feeds.http.FeedHealth;
import org.knockon.feeds.http.FeedServer;
import org.knockon.feeds.http.HttpFeed;
import org.knockon.feeds.http.HttpFeeds;
import org.knockon.feeds.message.FeedRequest;
import org.knockon.feeds.message.FeedResponse;
import org.knockon.feeds.message.RefusalReason;
import org.knockon.feeds.mllp.MllpListener;
import org.knockon.feeds.monitor.AlertMapper;
import org.knockon.feeds.publish.Delivery;
import org.knockon.feeds.publish.FeedPublisher;
import org.knockon.feeds.publish.PublisherSettings;
import org.knockon.feeds.settings.FeedsFile;
import org.knockon.feeds.settings.Hl7Settings;
import org.knockon.server.threads.SupervisedThreads;

/**
 * The zero case: listener, server and producer of the feeds, with a constant in place of reading and mapping, and
 * without turns, memory and counts.
 */
final class ConstantFeeds implements AutoCloseable {

    private static final FeedResponse UNAVAILABLE = new FeedResponse(503, Map.of(), "");

    private final List<Constants.Constant> constants;
    private final AtomicInteger next = new AtomicInteger();
    private final ExecutorService executor =
            Executors.newFixedThreadPool(Math.max(4, Runtime.getRuntime().availableProcessors()));
    private final SupervisedThreads threads = new SupervisedThreads();
    private final FeedPublisher publisher;
    private final FeedServer server;
    private final MllpListener listener;

    ConstantFeeds(Map<String, Object> client, String prefix, FeedsFile file, MessageKind kind) {
        constants = Constants.of(file, kind);
        publisher = new FeedPublisher(
                new PublisherSettings(client, prefix, prefix + "constant", Optional.empty()), () -> true, threads);
        publisher.connect();
        server = FeedServer.start(file.http(), new Healthy(), new FeedMetrics(), InstantSource.system(), threads);
        Map<String, HttpFeeds.Post> posts = new HashMap<>();
        if (kind != MessageKind.HL7) {
            kind.feeds().forEach(feed -> posts.put(feed, new HttpFeeds.Post(new ConstantPosts(), Optional.empty())));
        }
        server.open(new HttpFeeds(posts, Map.of()));
        Hl7Settings hl7 = (Hl7Settings) SampleFeeds.named(file, MessageKind.HL7.feed(0));
        listener = MllpListener.start(
                hl7.listener(), message -> answer(Constants.Constant::acknowledgement), InstantSource.system());
    }

    /** @return empty if the broker does not have the records */
    private <T> CompletionStage<Optional<T>> answer(Function<Constants.Constant, Optional<T>> answer) {
        Constants.Constant constant = constants.get(Math.floorMod(next.getAndIncrement(), constants.size()));
        return publisher
                .publish(constant.publications())
                .thenApplyAsync(
                        delivery -> delivery == Delivery.ACKNOWLEDGED ? answer.apply(constant) : Optional.empty(),
                        executor);
    }

    String http() {
        return server.address();
    }

    /** Of HL7. */
    int port() {
        return listener.port();
    }

    @Override
    public void close() {
        threads.closing();
        listener.close();
        server.close();
        publisher.close();
        executor.shutdownNow();
    }

    /** One feed over HTTP. */
    private final class ConstantPosts implements HttpFeed {

        @Override
        public Set<String> methods() {
            return SampleFeeds.POST;
        }

        @Override
        public int largestBody(String path) {
            return AlertMapper.LARGEST_BODY;
        }

        @Override
        public CompletionStage<FeedResponse> handle(FeedRequest request, long receivedAt) {
            return answer(Constants.Constant::response)
                    .thenApply(response -> response.orElseGet(ConstantPosts.this::unavailable));
        }

        @Override
        public FeedResponse refuse(RefusalReason reason, String method, long bytes, long receivedAt) {
            return UNAVAILABLE;
        }

        @Override
        public FeedResponse unavailable() {
            return UNAVAILABLE;
        }
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
}
