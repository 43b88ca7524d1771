package org.knockon.server.threads;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SupervisedThreadsTest {

    private final SupervisedThreads threads = new SupervisedThreads();

    @Test
    void namesTheThreadAndTheExceptionButNotItsMessage() throws Exception {
        end(() -> {
            throw new IllegalStateException("pseudonym 123");
        });
        end(() -> {
            throw new OutOfMemoryError("heap");
        });

        assertThat(threads.fault()).contains("thread knockon-part ended unexpectedly: java.lang.IllegalStateException");
    }

    @Test
    void treatsAThreadThatReturnsAsAFault() throws Exception {
        end(() -> {});

        assertThat(threads.fault().orElseThrow()).startsWith("thread knockon-part");
    }

    @Test
    void letsThreadsEndOnceItIsClosing() throws Exception {
        threads.closing();
        end(() -> {});

        assertThat(threads.fault()).isEmpty();
    }

    private void end(Runnable work) throws InterruptedException {
        Thread thread = threads.thread("part", work);
        thread.setUncaughtExceptionHandler((ended, fault) -> assertThat(fault).isNotNull());
        thread.start();
        thread.join();
    }
}
