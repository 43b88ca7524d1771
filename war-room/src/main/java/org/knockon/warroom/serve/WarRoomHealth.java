package org.knockon.warroom.serve;

import java.util.Optional;
import org.knockon.health.HealthStatus;
import org.knockon.server.threads.SupervisedThreads;
import org.knockon.warroom.health.BrokerWatcher;

/**
 * Health of a war room. Live: no thread has ended unexpectedly; otherwise the process must be restarted. Ready: live, the
 * topics have been read, and the broker responds.
 */
final class WarRoomHealth {

    private final Publisher publisher;
    private final SupervisedThreads threads;

    WarRoomHealth(Publisher publisher, SupervisedThreads threads) {
        this.publisher = publisher;
        this.threads = threads;
    }

    HealthStatus live() {
        Optional<String> fault = threads.fault();
        return status(fault.isEmpty(), fault.map(why -> "down: " + why).orElse("live"));
    }

    HealthStatus ready() {
        Optional<String> why = notReady();
        return status(
                why.isEmpty(),
                why.orElse("ready") + "; pipeline " + publisher.pipeline().state());
    }

    private Optional<String> notReady() {
        return threads.fault()
                .or(() -> publisher.trouble().map(trouble -> switch (trouble) {
                    case FAILED -> "a thread has ended";
                    case BROKER_AWAY -> "no response from the broker for " + BrokerWatcher.GRACE.toSeconds() + " s";
                }))
                .or(() -> publisher.stuck() ? Optional.of("no state of the wall can be made") : Optional.empty())
                .or(() -> publisher.ready() ? Optional.empty() : Optional.of("reading the topics"));
    }

    private static HealthStatus status(boolean up, String text) {
        return new HealthStatus(up, "text/plain", text);
    }
}
