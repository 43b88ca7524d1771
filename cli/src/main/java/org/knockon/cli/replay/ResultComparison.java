package org.knockon.cli.replay;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import org.apache.kafka.common.errors.InterruptException;
import org.knockon.cli.console.CommandFailure;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.console.Figures;
import org.knockon.cli.counts.DeadLetters;
import org.knockon.cli.counts.PublishedResults;
import org.knockon.impact.model.Rules;
import org.knockon.oracle.Verdict;
import org.knockon.producers.replay.ReplaySettings;
import org.knockon.producers.replay.ReplaySpeed;
import org.knockon.producers.replay.Replayer;
import org.knockon.producers.scenario.RecordedWeek;
import org.knockon.producers.source.ReplaySource;
import org.knockon.schemas.TopicPrefix;
import org.knockon.schemas.reading.MissingTopicException;

/**
 * Compares the results on the topics of a run, as a streams app that runs elsewhere has published them, with the batch
 * oracle.
 *
 * <p>In a replay the expected results depend on the events alone. With a live clock, which a shifted scenario needs, they
 * also depend on the time: an appointment that was at risk becomes not recorded yet when its slot passes. The counts
 * carry the time up to which the app has judged, so the oracle judges at that time.
 */
final class ResultComparison {

    private static final Duration BETWEEN = Duration.ofSeconds(2);

    private final ReplaySource events;
    private final List<RecordedWeek> recorded;
    private final Rules rules;
    private final Map<String, Object> client;
    private final String topicPrefix;
    private final Optional<ReplaySettings> run;
    private Verdict verdictOfReplay;

    /**
     * @param recorded published figures of the days as written
     * @param client settings of Kafka clients and the registry
     * @throws IllegalArgumentException if the prefix is that of an exercise that no replay can have
     */
    ResultComparison(
            ReplaySource events,
            List<RecordedWeek> recorded,
            Rules rules,
            Map<String, Object> client,
            String topicPrefix) {
        this.events = events;
        // Published figures belong to the days of the scenario as written.
        this.recorded = events.shifted() ? List.of() : recorded;
        this.rules = rules;
        this.client = Map.copyOf(client);
        this.topicPrefix = topicPrefix;
        TopicPrefix prefix = new TopicPrefix(topicPrefix);
        run = prefix.run()
                .map(name -> new ReplaySettings(
                        name, prefix.live().orElseThrow().text(), ReplaySpeed.MAX, Duration.ofSeconds(1), this.client));
    }

    /**
     * The last comparison.
     *
     * @param asOf event time of the latest change of any count; {@link Long#MIN_VALUE} without counts
     * @param weeks number of weeks that were compared with published figures
     */
    record Outcome(String topicPrefix, Verification verification, long asOf, int weeks, long deadLetters) {}

    /** @throws CommandFailure if the run has not published all events */
    void requireComplete() {
        if (run.isEmpty()) {
            return;
        }
        long published = published(run.get());
        if (published < events.size()) {
            throw new CommandFailure(
                    ExitCodes.FAILURES,
                    "run '" + run.get().run() + "' has published " + Figures.count(published) + " of "
                            + Figures.count(events.size()) + " events; wait until the replay has ended");
        }
    }

    private long published(ReplaySettings settings) {
        try {
            return Replayer.published(events, settings);
        } catch (MissingTopicException e) {
            throw new CommandFailure(
                    ExitCodes.UNAVAILABLE,
                    "no replay has published to " + topicPrefix + "*; check --prefix and --run",
                    e);
        }
    }

    /**
     * Compares again and again until there are no differences.
     *
     * @param atMost maximum time
     * @param progress receives the number of differences of each comparison but the last
     */
    Outcome until(Duration atMost, LongConsumer progress) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            Outcome outcome = compare();
            if (outcome.verification().matches() || System.nanoTime() - deadline >= 0) {
                return outcome;
            }
            progress.accept(outcome.verification().differences().size());
            pause();
        }
    }

    private Outcome compare() {
        PublishedResults results = PublishedResults.read(client, topicPrefix, true);
        Verification verification =
                Verification.of(verdict(results.asOf()), results, WeekFigures.of(recorded, results));
        return new Outcome(
                topicPrefix, verification, results.asOf(), recorded.size(), DeadLetters.count(client, topicPrefix));
    }

    private Verdict verdict(long asOf) {
        if (events.shifted()) {
            return Verification.judge(
                    events, rules, asOf == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(asOf));
        }
        if (verdictOfReplay == null) {
            verdictOfReplay = Verification.judge(events, rules, OptionalLong.empty());
        }
        return verdictOfReplay;
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN.toMillis());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
