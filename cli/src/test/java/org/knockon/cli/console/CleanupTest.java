package org.knockon.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CleanupTest {

    private final List<String> closed = new CopyOnWriteArrayList<>();

    /** After Ctrl-C, the command fails because its resources close, and so it closes them at the same time. */
    @Test
    void aSecondCloserWaitsForTheFirst() throws Exception {
        Cleanup cleanup = Cleanup.atExit();
        CountDownLatch closing = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        cleanup.add(() -> closed.add("folder"));
        cleanup.add(() -> {
            closing.countDown();
            finish.await();
            closed.add("app");
        });
        Thread first = new Thread(cleanup::close);
        Thread second = new Thread(cleanup::close);

        first.start();
        closing.await();
        second.start();
        while (second.getState() == Thread.State.NEW || second.getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }
        finish.countDown();
        first.join();
        second.join();

        assertThat(closed).containsExactly("app", "folder");
    }

    @Test
    void closesTheRestAfterAFailure() {
        try (Cleanup cleanup = Cleanup.atExit()) {
            cleanup.add(() -> closed.add("opened first"));
            cleanup.add(() -> {
                throw new IllegalStateException("on purpose");
            });
        }
        assertThat(closed).containsExactly("opened first");
    }

    @Test
    void closesAtOnceWhatIsAddedTooLate() {
        Cleanup cleanup = Cleanup.atExit();
        cleanup.close();

        assertThatThrownBy(() -> cleanup.add(() -> closed.add("late"))).isInstanceOf(CommandFailure.class);
        assertThat(closed).containsExactly("late");
    }
}
