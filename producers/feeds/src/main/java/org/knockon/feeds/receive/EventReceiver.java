package org.knockon.feeds.receive;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.knockon.feeds.cloudevents.CloudEventFeedSettings;
import org.knockon.feeds.cloudevents.CloudEventMapper;
import org.knockon.feeds.cloudevents.CloudEventResult;
import org.knockon.feeds.cloudevents.EventId;
import org.knockon.feeds.http.HttpFeed;
import org.knockon.feeds.message.FeedRequest;
import org.knockon.feeds.message.FeedResponse;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.message.Outcome;
import org.knockon.feeds.message.RefusalReason;
import org.knockon.feeds.message.RememberedAppointments;
import org.knockon.feeds.monitor.MonitorResponses;
import org.knockon.feeds.pseudonym.KeyedHash;
import org.knockon.feeds.publish.Publication;
import org.knockon.feeds.publish.Turns;
import org.knockon.feeds.state.MessageLog;
import org.knockon.schemas.FeedState;

/** One feed of CloudEvents. Its requests are handled one after the other; a sender that needs more sends batches. */
public final class EventReceiver implements HttpFeed {

    private static final Set<String> METHODS = Set.of("POST");
    private static final String KIND = "cloudevents";
    /** Events are remembered in groups by their hash, so that one request changes little of what is remembered. */
    private static final int GROUPS = 4_096;

    private final CloudEventMapper mapper;
    private final KeyedHash hash;
    private final RequestEnvelopes envelopes;
    private final FeedOutput output;
    private final Turns turns = new Turns();
    private final RememberedAppointments remembered;
    private final MessageLog log;

    /** @param hash any key; it only has to stay the same, so that repeats are recognised after a restart */
    public EventReceiver(CloudEventFeedSettings settings, KeyedHash hash, FeedOutput output) {
        this.mapper = new CloudEventMapper(settings);
        this.hash = hash;
        this.envelopes = new RequestEnvelopes(Optional.of(hash));
        this.output = output;
        this.remembered = output.memory().appointmentsOf(output.feed());
        this.log = output.memory().messagesOf(output.feed());
    }

    @Override
    public Set<String> methods() {
        return METHODS;
    }

    @Override
    public int largestBody(String path) {
        return CloudEventMapper.LARGEST_BODY;
    }

    @Override
    public CompletionStage<FeedResponse> handle(FeedRequest request, long receivedAt) {
        Envelope envelope = envelopes.of(request, KIND, receivedAt);
        return turns.take(List.of(KIND), () -> map(request, envelope));
    }

    private CompletableFuture<FeedResponse> map(FeedRequest request, Envelope envelope) {
        CloudEventResult mapped = mapper.map(
                request, remembered, event -> log.seen(group(identity(event)), identity(event)), envelope.receivedAt());
        return output.deliver(result(envelope, mapped)).thenApply(published -> {
            if (!published) {
                return unavailable();
            }
            output.answered(envelope.receivedAt());
            return mapped.response();
        });
    }

    private Result result(Envelope envelope, CloudEventResult mapped) {
        List<Publication> publications = new ArrayList<>();
        Map<String, FeedState.SeenMessages> seen = new LinkedHashMap<>();
        for (int i = 0; i < mapped.events().size(); i++) {
            MappedMessage message = mapped.messages().get(i);
            if (message.outcome() != Outcome.DUPLICATE) {
                EventId event = mapped.events().get(i);
                publications.add(Publication.of(output.feed(), event.id(), message, List.of()));
                remember(identity(event), envelope.receivedAt(), seen);
            }
        }
        List<FeedState> states = List.copyOf(seen.values());
        publications.add(
                new Publication(output.feed(), KIND, List.of(), List.of(), Optional.empty(), states, List.of()));
        return new Result(envelope, mapped.messages(), publications, mapped.versions(), states, List.of());
    }

    private void remember(long identity, long receivedAt, Map<String, FeedState.SeenMessages> seen) {
        seen.compute(group(identity), (group, before) -> {
            if (before == null) {
                return log.with(group, identity, receivedAt);
            }
            List<FeedState.SeenMessage> all = new ArrayList<>(before.messages());
            all.add(new FeedState.SeenMessage(identity, receivedAt));
            return new FeedState.SeenMessages(output.feed(), group, all);
        });
    }

    private long identity(EventId event) {
        return MessageLog.hash(hash, event.id(), event.source().getBytes(StandardCharsets.UTF_8));
    }

    private static String group(long identity) {
        return "events-" + Long.toHexString(Long.remainderUnsigned(identity, GROUPS));
    }

    @Override
    public FeedResponse refuse(RefusalReason reason, String method, long bytes, long receivedAt) {
        MappedMessage message = MappedMessage.refused(reason, "");
        output.refuse(RequestEnvelopes.unread(KIND, bytes, receivedAt), message);
        return MonitorResponses.of(message);
    }

    @Override
    public FeedResponse unavailable() {
        return MonitorResponses.unavailable();
    }
}
