package org.knockon.streams.app;

import org.knockon.streams.task.Activity;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KafkaStreams;

/**
 * How the app is, for a supervisor. Live: every thread it needs runs, and Kafka Streams is RUNNING or REBALANCING, for restarting an instance
 * that is rebalancing makes it worse. Ready: live, RUNNING with every store restored, and a broker has answered within 15 s. The registry is
 * no part of either: without it most records are still processed.
 */
final class Health {

    private final Supplier<KafkaStreams.State> state;
    private final Activity activity;
    private final Liveness liveness;
    private final RestoreWatch restore;
    private final BrokerWatch broker;

    Health(
            Supplier<KafkaStreams.State> state,
            Activity activity,
            Liveness liveness,
            RestoreWatch restore,
            BrokerWatch broker) {
        this.state = state;
        this.activity = activity;
        this.liveness = liveness;
        this.restore = restore;
        this.broker = broker;
    }

    /**
     * @param well UP or DOWN
     * @param json one object, with the reason where it is DOWN
     */
    record Answer(boolean well, String json) {}

    Answer live() {
        return answer(whyNotLive(state.get()));
    }

    Answer ready() {
        KafkaStreams.State now = state.get();
        return answer(whyNotLive(now)
                .or(() -> whyNotReady(
                        now,
                        restore.restoring(),
                        broker.answers(),
                        broker.silence().toSeconds())));
    }

    private Optional<String> whyNotLive(KafkaStreams.State now) {
        Optional<String> fault = liveness.fault();
        return fault.isPresent() || alive(now) ? fault : Optional.of("the state is " + now);
    }

    static Optional<String> whyNotReady(
            KafkaStreams.State now, int restoring, boolean brokerAnswers, long brokerSilentSeconds) {
        if (!brokerAnswers) {
            return Optional.of("no broker has answered for " + brokerSilentSeconds + " s");
        }
        if (restoring > 0) {
            return Optional.of("restoring the state of " + restoring + " changelog partitions");
        }
        return now == KafkaStreams.State.RUNNING ? Optional.empty() : Optional.of("the state is " + now);
    }

    private static boolean alive(KafkaStreams.State state) {
        return state == KafkaStreams.State.CREATED
                || state == KafkaStreams.State.REBALANCING
                || state == KafkaStreams.State.RUNNING;
    }

    private Answer answer(Optional<String> reason) {
        Map<String, Object> facts = new TreeMap<>(Map.of(
                "state", state.get().name(),
                "records", activity.records(),
                "pending", activity.pending(),
                "longestStepMillis", activity.longestStepNanos() / 1_000_000,
                "restoring", restore.restoring(),
                "brokerSilentSeconds", broker.silence().toSeconds(),
                "status", reason.isEmpty() ? "UP" : "DOWN"));
        reason.ifPresent(why -> facts.put("reason", why));
        return new Answer(
                reason.isEmpty(),
                facts.entrySet().stream()
                        .map(fact -> quoted(fact.getKey()) + ":"
                                + (fact.getValue() instanceof Number ? fact.getValue() : quoted(fact.getValue())))
                        .collect(Collectors.joining(",", "{", "}\n")));
    }

    /** Names of threads hold an application id, which is plain; quotes and backslashes are escaped all the same. */
    private static String quoted(Object text) {
        return '"' + text.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
