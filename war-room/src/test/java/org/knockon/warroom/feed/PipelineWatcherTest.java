package org.knockon.warroom.feed;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.knockon.warroom.health.SupervisedThreads;

class PipelineWatcherTest {

    private static final Duration LONG = Duration.ofSeconds(40);

    @Test
    @Timeout(90)
    void distinguishesASlowBrokerFromNone() throws IOException {
        ServerSocket silent = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        Map<String, Object> client = Map.of("bootstrap.servers", "127.0.0.1:" + silent.getLocalPort());
        SupervisedThreads threads = new SupervisedThreads();
        try (silent;
                PipelineWatcher watcher = new PipelineWatcher(client, "knockon.", "knockon.streams", threads)) {
            watcher.start();
            await().atMost(LONG).until(() -> watcher.pipeline().state() == PipelineStatus.State.SLOW);

            silent.close();
            await().atMost(LONG).until(() -> watcher.pipeline().state() == PipelineStatus.State.UNKNOWN);
            threads.closing();
        }
    }
}
