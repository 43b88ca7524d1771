package org.knockon.feeds.receive;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.knockon.feeds.count.FeedCounts;
import org.knockon.feeds.count.FeedJournal;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.message.Outcome;
import org.knockon.feeds.message.Refusal;
import org.knockon.feeds.publish.Delivery;
import org.knockon.feeds.publish.Publication;
import org.knockon.feeds.state.FeedMemory;
import org.knockon.schemas.RefusedMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way out of one feed: publishes what a message became, then remembers and counts it. Nothing is remembered that is
 * not on its topic.
 */
public final class FeedOutput {

    private static final Logger LOG = LoggerFactory.getLogger(FeedOutput.class);

    private final FeedCounts counts;
    private final FeedJournal journal;
    private final LateObservations late;
    private final Outbox outbox;
    private final FeedMemory memory;
    private final Executor executor;
    private final InstantSource clock;

    /** @param executor continues after the broker has answered: the publisher's thread serves all feeds */
    public FeedOutput(FeedLife life, Outbox outbox, FeedMemory memory, Executor executor, InstantSource clock) {
        this.counts = life.counts();
        this.journal = life.journal();
        this.late = life.late();
        this.outbox = outbox;
        this.memory = memory;
        this.executor = executor;
        this.clock = clock;
    }

    String feed() {
        return counts.name();
    }

    /** What could not be published yet. */
    LateObservations late() {
        return late;
    }

    FeedMemory memory() {
        return memory;
    }

    InstantSource clock() {
        return clock;
    }

    /** Counts the time that an answer took. */
    void answered(long receivedAt) {
        counts.answered(Math.max(0, clock.millis() - receivedAt) / 1e3);
    }

    /** Publishes everything; returns whether it is on its topics, so that the sender may get its answer. */
    CompletableFuture<Boolean> deliver(Result result) {
        return deliver(List.of(result));
    }

    /** The same for several messages: all of them are published or none. */
    CompletableFuture<Boolean> deliver(List<Result> results) {
        List<Publication> all = new ArrayList<>();
        for (Result result : results) {
            all.addAll(result.publications());
            result.messages()
                    .forEach(message -> message.refusal()
                            .ifPresent(refusal -> all.add(Publication.refused(record(result.envelope(), refusal)))));
        }
        return outbox.publish(all)
                .thenApplyAsync(
                        delivery -> {
                            boolean published = delivery == Delivery.ACKNOWLEDGED;
                            results.forEach(result -> finished(result, published));
                            return published;
                        },
                        executor);
    }

    /** Publishes and counts a message that was refused before it was read to its end. The sender does not wait for it. */
    void refuse(Envelope envelope, MappedMessage message) {
        Refusal refusal = message.refusal().orElseThrow();
        log(refusal);
        counts.count(message, envelope.receivedAt());
        journal.add(envelope.controlId(), message, Outcome.REFUSED, envelope.receivedAt());
        outbox.publish(List.of(Publication.refused(record(envelope, refusal))));
    }

    private void finished(Result result, boolean published) {
        Envelope envelope = result.envelope();
        if (published) {
            result.versions().forEach(each -> memory.remember(each.version(), each.contentHash()));
            result.states().forEach(memory::remember);
            result.ended().forEach(memory::end);
        } else {
            counts.unavailable(envelope.receivedAt());
        }
        for (MappedMessage message : result.messages()) {
            if (published) {
                message.refusal().ifPresent(this::log);
                counts.count(message, envelope.receivedAt());
            }
            Outcome outcome = published ? message.outcome() : Outcome.UNAVAILABLE;
            journal.add(envelope.controlId(), message, outcome, envelope.receivedAt());
        }
    }

    private void log(Refusal refusal) {
        LOG.warn(
                "feed {}: refused a message: {}{}",
                feed(),
                refusal.reason().text(),
                refusal.where().isEmpty() ? "" : " at " + refusal.where());
    }

    private RefusedMessage record(Envelope envelope, Refusal refusal) {
        return new RefusedMessage(
                feed(),
                refusal.reason().text(),
                refusal.where(),
                envelope.controlId(),
                envelope.type(),
                envelope.bytes(),
                envelope.digest(),
                envelope.receivedAt());
    }
}
