package org.knockon.warroom.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.knockon.server.threads.SupervisedThreads;

@Timeout(60)
class PublisherTest {

    @Test
    void continuesAfterAnUnexpectedException() throws Exception {
        FakeBoard board = new FakeBoard();
        try (Publisher publisher = new Publisher(
                board,
                GuardedServer.settings("127.0.0.1", Optional.empty(), false),
                System::currentTimeMillis,
                "build",
                Optional.empty(),
                caller -> true,
                new SupervisedThreads())) {
            board.postponed(3);
            awaitPostponed(publisher, 3);
            board.broken(true);
            while (board.faults() == 0) {
                Thread.sleep(20);
            }
            board.broken(false);
            board.postponed(4);
            awaitPostponed(publisher, 4);
            assertThat(publisher.current().board().postponed().postponed()).isEqualTo(4);
        }
    }

    private static void awaitPostponed(Publisher publisher, long postponed) throws InterruptedException {
        while (publisher.current().board().postponed().postponed() != postponed) {
            Thread.sleep(20);
        }
    }
}
