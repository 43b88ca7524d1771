package org.knockon.streams.app;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KafkaStreams;
import org.knockon.health.HealthStatus;
import org.knockon.streams.task.Activity;

/**
 * Health of the app, for a supervisor. Live: all its threads run, and Kafka Streams is RUNNING or REBALANCING, since
 * restarting an instance during a rebalance makes it longer. Ready: live, RUNNING with all stores restored, and a
 * broker has responded within 15 s. Neither depends on the registry: without it most records are still processed.
 */
final class Health {

    private final Supplier<KafkaStreams.State> state;
    private final Activity activity;
    private final Liveness liveness;
    private final RestoreProgress restore;
    private final BrokerWatcher broker;

    Health(
            Supplier<KafkaStreams.State> state,
            Activity activity,
            Liveness liveness,
            RestoreProgress restore,
            BrokerWatcher broker) {
        this.state = state;
        this.activity = activity;
        this.liveness = liveness;
        this.restore = restore;
        this.broker = broker;
    }

    /** One JSON object, with the reason if it is DOWN. */
    HealthStatus live() {
        return status(whyNotLive(state.get()));
    }

    HealthStatus ready() {
        KafkaStreams.State now = state.get();
        return status(whyNotLive(now)
                .or(() -> whyNotReady(
                        now,
                        restore.restoring(),
                        broker.isReachable(),
                        broker.silence().toSeconds())));
    }

    private Optional<String> whyNotLive(KafkaStreams.State now) {
        Optional<String> fault = liveness.fault();
        return fault.isPresent() || alive(now) ? fault : Optional.of("the state is " + now);
    }

    static Optional<String> whyNotReady(
            KafkaStreams.State now, int restoring, boolean brokerReachable, long brokerSilentSeconds) {
        if (!brokerReachable) {
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

    private HealthStatus status(Optional<String> reason) {
        Map<String, Object> facts = new TreeMap<>(Map.of(
                "state", state.get().name(),
                "records", activity.records(),
                "pending", activity.pending(),
                "longestStepMillis", activity.longestStepNanos() / 1_000_000,
                "restoring", restore.restoring(),
                "brokerSilentSeconds", broker.silence().toSeconds(),
                "status", reason.isEmpty() ? "UP" : "DOWN"));
        reason.ifPresent(why -> facts.put("reason", why));
        return new HealthStatus(
                reason.isEmpty(),
                "application/json",
                facts.entrySet().stream()
                        .map(fact -> quoted(fact.getKey()) + ":"
                                + (fact.getValue() instanceof Number ? fact.getValue() : quoted(fact.getValue())))
                        .collect(Collectors.joining(",", "{", "}\n")));
    }

    /** Thread names contain the application id, which needs no escaping; quotes and backslashes are escaped anyway. */
    private static String quoted(Object text) {
        return '"' + text.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
