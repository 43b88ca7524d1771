package org.knockon.feeds.receive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.probe.Look;
import org.knockon.feeds.probe.ProbeFeedSettings;
import org.knockon.feeds.probe.ProbeState;
import org.knockon.feeds.publish.Publication;
import org.knockon.feeds.publish.Turns;
import org.knockon.impact.model.Observation;

/** One feed of probes: makes an observation of each look. While Kafka is away, observations are kept. */
public final class ProbeReceiver {

    private static final String KIND = "probe";
    private static final int MOST_LATE = 2_000;

    private final ProbeFeedSettings settings;
    private final FeedOutput output;
    private final Turns turns = new Turns();
    private final LateObservations late;
    /** Used in turns only. */
    private ProbeState state = ProbeState.EMPTY;

    public ProbeReceiver(ProbeFeedSettings settings, FeedOutput output) {
        this.settings = settings;
        this.output = output;
        this.late = output.late();
    }

    /**
     * Publishes what a look found.
     *
     * @param target its number in the settings
     * @param at when the look began, epoch milliseconds
     */
    public CompletionStage<Boolean> looked(int target, Look look, long at) {
        return turns.take(List.of(KIND), () -> {
            state = state.with(target, look, at);
            return publish(state.observation(target, settings));
        });
    }

    private CompletableFuture<Boolean> publish(Observation observation) {
        List<Observation> again = late.next(MOST_LATE);
        List<Publication> publications = new ArrayList<>();
        again.forEach(each -> publications.add(publication(each)));
        publications.add(publication(observation));
        Result result = new Result(
                RequestEnvelopes.unread(KIND, 0, observation.observedAt()),
                List.of(MappedMessage.observations(List.of(observation), Set.of(), List.of())),
                publications,
                List.of(),
                List.of(),
                List.of());
        return output.deliver(result).thenApply(done -> {
            if (done) {
                late.published(again);
            } else {
                late.keep(List.of(observation), output.clock().millis());
            }
            return done;
        });
    }

    private Publication publication(Observation observation) {
        return new Publication(
                output.feed(), KIND, List.of(), List.of(observation), Optional.empty(), List.of(), List.of());
    }
}
