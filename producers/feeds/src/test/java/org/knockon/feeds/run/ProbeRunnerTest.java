package org.knockon.feeds.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.knockon.feeds.count.FeedMetrics;
import org.knockon.feeds.probe.Looker;
import org.knockon.feeds.probe.ProbeFeedSettings;
import org.knockon.feeds.probe.ProbeTarget;
import org.knockon.feeds.publish.Delivery;
import org.knockon.feeds.receive.FeedLife;
import org.knockon.feeds.receive.FeedOutput;
import org.knockon.feeds.receive.ProbeReceiver;
import org.knockon.feeds.state.FeedMemory;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;

/** Looks at real ports on their schedule. */
@Timeout(60)
class ProbeRunnerTest {

    private static final long EVERY = 100;
    private static final InstantSource CLOCK = InstantSource.system();

    private final List<Observation> published = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void looksAgainAndAgainAtEachTargetUntilItIsClosed() throws Exception {
        long begin = CLOCK.millis();
        ServerSocket pas = open();
        try (ServerSocket pacs = open();
                ProbeRunner runner = runner(pas.getLocalPort(), pacs.getLocalPort())) {
            runner.start();

            await().until(() -> of("pas", SystemStatus.UP) >= 2 && of("pacs", SystemStatus.UP) >= 2);
            pas.close();
            await().until(() -> of("pas", SystemStatus.DOWN) >= 2);

            assertThat(of("pacs", SystemStatus.DOWN)).isZero();
            assertThat(published)
                    .allSatisfy(each -> assertThat(each.monitor()).isEqualTo("looks"))
                    .extracting(Observation::observedAt)
                    .allMatch(at -> at >= begin);
        }
        int seen = published.size();
        Thread.sleep(5 * EVERY);
        assertThat(published).as("after the end").hasSize(seen);
    }

    private long of(String systemId, SystemStatus status) {
        return published.stream()
                .filter(each -> each.systemId().equals(systemId) && each.status() == status)
                .count();
    }

    private ProbeRunner runner(int pas, int pacs) throws NoSuchAlgorithmException {
        String host = InetAddress.getLoopbackAddress().getHostAddress();
        ProbeFeedSettings settings = new ProbeFeedSettings(
                "probes",
                "looks",
                EVERY,
                1_000,
                List.of(new ProbeTarget.Tcp("pas", host, pas), new ProbeTarget.Tcp("pacs", host, pacs)));
        FeedOutput output = new FeedOutput(
                FeedLife.begin(new FeedMetrics().feed("probes", "probe")),
                publications -> {
                    publications.forEach(each -> published.addAll(each.observations()));
                    return CompletableFuture.completedFuture(Delivery.ACKNOWLEDGED);
                },
                new FeedMemory(List.of(new FeedMemory.Feed("probes", "probes", false))),
                Runnable::run,
                CLOCK);
        Looker looker = new Looker(settings.timeout(), SSLContext.getDefault());
        return new ProbeRunner(settings, looker, new ProbeReceiver(settings, output), timer, CLOCK);
    }

    private static ServerSocket open() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }
}
