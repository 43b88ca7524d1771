package org.knockon.feeds.receive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.knockon.feeds.http.HttpFeed;
import org.knockon.feeds.message.FeedRequest;
import org.knockon.feeds.message.FeedResponse;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.message.RefusalReason;
import org.knockon.feeds.monitor.HoldMapper;
import org.knockon.feeds.monitor.MonitorContext;
import org.knockon.feeds.monitor.MonitorResponses;
import org.knockon.feeds.monitor.MonitorResult;
import org.knockon.feeds.monitor.MonitorSettings;
import org.knockon.feeds.monitor.MonitorState;
import org.knockon.feeds.monitor.MonitorStateJson;
import org.knockon.feeds.monitor.SystemReports;
import org.knockon.feeds.pseudonym.KeyedHash;
import org.knockon.feeds.publish.Publication;
import org.knockon.impact.model.Observation;
import org.knockon.schemas.FeedState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One feed of a monitor. Its messages are mapped one after the other, each with the state after the one before. Those that
 * arrive while others are being published are published together, so that a monitor with many groups need not wait for
 * the broker once for each message.
 *
 * <p>While Kafka is away, senders get no positive response, but what they say counts: the state goes on, and observations
 * are {@linkplain LateObservations kept}, because a heartbeat that is repeated later speaks of a later time.
 */
public final class MonitorReceiver implements HttpFeed {

    private static final Logger LOG = LoggerFactory.getLogger(MonitorReceiver.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_LATE = 2_000;
    /** Half of what a broker accepts as one record. */
    private static final int LARGEST_STATE = 512 * 1024;

    /** @param mapping empty for nothing but what is late */
    private record Turn(
            Envelope envelope,
            Optional<Function<MonitorState, MonitorResult>> mapping,
            boolean counted,
            CompletableFuture<FeedResponse> response) {}

    private record Mapped(Turn turn, Optional<MonitorResult> result) {

        /** The messages that count as received. */
        List<MappedMessage> counted() {
            List<MappedMessage> messages = new ArrayList<>();
            result.filter(unused -> turn.counted()).ifPresent(mapped -> {
                messages.add(mapped.message());
                messages.addAll(mapped.refusedParts());
            });
            return messages;
        }
    }

    private final String kind;
    private final Set<String> methods;
    private final int largestBody;
    private final MonitorMap map;
    private final HoldMapper hold;
    private final RequestEnvelopes envelopes;
    private final Predicate<String> inCatalogue;
    private final FeedOutput output;
    private final Batches<Turn> batches = new Batches<>(this::handleAll);
    private final long listeningSince;
    private final LateObservations late;
    /** These two are used by one batch at a time. */
    private MonitorState published;

    private MonitorState current;

    /**
     * A receiver that begins with what the feed remembers.
     *
     * @param methods of HTTP that the monitor uses
     * @param hash empty if the feeds file has no key
     */
    public MonitorReceiver(
            String kind,
            Set<String> methods,
            int largestBody,
            MonitorSettings settings,
            MonitorMap map,
            Optional<KeyedHash> hash,
            Predicate<String> inCatalogue,
            FeedOutput output) {
        this.kind = kind;
        this.methods = Set.copyOf(methods);
        this.largestBody = largestBody;
        this.map = map;
        this.hold = new HoldMapper(settings);
        this.envelopes = new RequestEnvelopes(hash);
        this.inCatalogue = inCatalogue;
        this.output = output;
        this.late = output.late();
        this.listeningSince = output.clock().millis();
        this.published = remembered(output);
        this.current = published;
    }

    @Override
    public Set<String> methods() {
        return methods;
    }

    @Override
    public int largestBody(String path) {
        return largestBody;
    }

    @Override
    public CompletionStage<FeedResponse> handle(FeedRequest request, long receivedAt) {
        Envelope envelope = envelopes.of(request, kind, receivedAt);
        return turn(envelope, Optional.of(state -> map.map(request, state, context(receivedAt))), true)
                .thenApply(response -> {
                    if (response.positive()) {
                        output.answered(receivedAt);
                    }
                    return response;
                });
    }

    /** Takes what we fetched from the monitor, after everything that was taken before. */
    public CompletionStage<FeedResponse> take(
            byte[] fetched, BiFunction<MonitorState, MonitorContext, MonitorResult> mapping, long receivedAt) {
        Envelope envelope = envelopes.of(fetched, kind, receivedAt);
        return turn(envelope, Optional.of(state -> mapping.apply(state, context(receivedAt))), true);
    }

    /** Repeats the last states of a monitor without a heartbeat; to be called once in each refresh. */
    public CompletionStage<FeedResponse> repeat() {
        long now = output.clock().millis();
        Envelope envelope = RequestEnvelopes.unread("hold", 0, now);
        return turn(envelope, Optional.of(state -> hold.repeat(state, context(now))), false);
    }

    /** Publishes what was kept while Kafka was away, if there is something; to be called now and then. */
    public CompletionStage<FeedResponse> publishLate() {
        return turn(RequestEnvelopes.unread("late", 0, output.clock().millis()), Optional.empty(), false);
    }

    private CompletionStage<FeedResponse> turn(
            Envelope envelope, Optional<Function<MonitorState, MonitorResult>> mapping, boolean counted) {
        Turn turn = new Turn(envelope, mapping, counted, new CompletableFuture<>());
        batches.add(turn);
        return turn.response();
    }

    /** A label with thousands of alerts for one system would make a record that the broker refuses. */
    private MonitorResult bounded(MonitorResult result) {
        boolean tooLarge = result.state().changesSince(current).values().stream()
                .flatMap(Optional::stream)
                .anyMatch(reports -> json(reports).length() > LARGEST_STATE);
        if (!tooLarge) {
            return result;
        }
        MappedMessage refused = MappedMessage.refused(RefusalReason.TOO_LARGE, "");
        return new MonitorResult(MonitorResponses.of(refused), refused, List.of(), current, List.of());
    }

    private CompletionStage<Void> handleAll(List<Turn> turns) {
        try {
            return deliver(turns);
        } catch (RuntimeException e) {
            turns.forEach(turn -> turn.response().completeExceptionally(e));
            return CompletableFuture.completedFuture(null);
        }
    }

    private CompletionStage<Void> deliver(List<Turn> turns) {
        List<Observation> again = late.next(MOST_LATE);
        List<Publication> publications = new ArrayList<>();
        again.forEach(each -> publications.add(publication(each, "late")));
        List<Mapped> mapped = new ArrayList<>();
        for (Turn turn : turns) {
            map(turn).ifPresent(each -> {
                mapped.add(each);
                each.result().ifPresent(result -> {
                    List<Observation> own = result.message().observations();
                    for (int i = 0; i < own.size(); i++) {
                        publications.add(
                                publication(own.get(i), result.sources().get(i)));
                    }
                });
            });
        }
        MonitorState next = current;
        publications.add(changes(next));
        List<Result> results = new ArrayList<>();
        for (Mapped each : mapped) {
            // All publications with the first: they go together.
            results.add(new Result(
                    each.turn().envelope(),
                    each.counted(),
                    results.isEmpty() ? publications : List.of(),
                    List.of(),
                    List.of(),
                    List.of()));
        }
        if (results.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return output.deliver(results).handle((done, failure) -> {
            if (failure != null) {
                mapped.forEach(each -> each.turn().response().completeExceptionally(failure));
                return null;
            }
            delivered(done, next, again, mapped);
            return null;
        });
    }

    /** Empty if there is nothing to do, or if the map failed; then the turn has its response. */
    private Optional<Mapped> map(Turn turn) {
        if (turn.mapping().isEmpty() && late.isEmpty()) {
            turn.response().complete(unavailable());
            return Optional.empty();
        }
        try {
            Optional<MonitorResult> result = turn.mapping().map(mapping -> bounded(mapping.apply(current)));
            current = result.map(MonitorResult::state).orElse(current);
            return Optional.of(new Mapped(turn, result));
        } catch (RuntimeException e) {
            turn.response().completeExceptionally(e);
            return Optional.empty();
        }
    }

    private Publication changes(MonitorState next) {
        List<FeedState> states = new ArrayList<>();
        List<String> ended = new ArrayList<>();
        long now = output.clock().millis();
        next.changesSince(published).forEach((systemId, reports) -> {
            FeedState.MonitorReports state = new FeedState.MonitorReports(
                    output.feed(), systemId, reports.map(MonitorReceiver::json).orElse(""), now);
            if (reports.isPresent()) {
                states.add(state);
            } else {
                ended.add(state.key());
            }
        });
        return new Publication(output.feed(), kind, List.of(), List.of(), Optional.empty(), states, ended);
    }

    private void delivered(boolean done, MonitorState next, List<Observation> again, List<Mapped> mapped) {
        if (done) {
            published = next;
            if (!again.isEmpty()) {
                late.published(again);
                LOG.info("feed {}: published {} observations late", output.feed(), again.size());
            }
        }
        for (Mapped each : mapped) {
            if (!done) {
                each.result()
                        .ifPresent(result -> late.keep(
                                result.message().observations(),
                                each.turn().envelope().receivedAt()));
            }
            Optional<FeedResponse> response =
                    each.result().filter(unused -> done).map(MonitorResult::response);
            each.turn().response().complete(response.orElseGet(this::unavailable));
        }
    }

    private Publication publication(Observation observation, String source) {
        return new Publication(
                output.feed(), source, List.of(), List.of(observation), Optional.empty(), List.of(), List.of());
    }

    private MonitorContext context(long now) {
        return new MonitorContext(now, listeningSince, inCatalogue);
    }

    private static String json(SystemReports reports) {
        return MonitorStateJson.toJson(reports).toString();
    }

    private static MonitorState remembered(FeedOutput output) {
        Map<String, SystemReports> systems = new HashMap<>();
        for (FeedState.MonitorReports state : output.memory().states(output.feed(), FeedState.MonitorReports.class)) {
            try {
                systems.put(state.systemId(), MonitorStateJson.fromJson(JSON.readTree(state.reports())));
            } catch (JsonProcessingException | IllegalArgumentException e) {
                // Not the message of the exception: it quotes the state.
                LOG.error("feed {}: what it remembers of one system cannot be read", output.feed());
            }
        }
        return new MonitorState(systems);
    }

    @Override
    public FeedResponse refuse(RefusalReason reason, String method, long bytes, long receivedAt) {
        MappedMessage message = MappedMessage.refused(reason, "");
        output.refuse(RequestEnvelopes.unread(kind, bytes, receivedAt), message);
        return MonitorResponses.of(message);
    }

    @Override
    public FeedResponse unavailable() {
        return MonitorResponses.unavailable();
    }
}
