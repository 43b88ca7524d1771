package org.knockon.warroom.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PasswordCheckQueueTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final PasswordCheckQueue queue = new PasswordCheckQueue(1, 4, 3);
    private final List<String> admitted = new CopyOnWriteArrayList<>();

    @Test
    void admitsAddressesWithFewerWrongPasswordsFirst() throws Exception {
        queue.await("checked", 0, LONG);
        CompletableFuture<Boolean> guesser = await("guesser", 5);
        CompletableFuture<Boolean> other = await("other", 1);
        CompletableFuture<Boolean> ana = await("ana", 0);

        queue.end("checked");
        ana.join();
        queue.end("ana");
        other.join();
        queue.end("other");
        guesser.join();

        assertThat(admitted).containsExactly("ana", "other", "guesser");
    }

    @Test
    void admitsTheNewestOfEquals() throws Exception {
        queue.await("checked", 0, LONG);
        await("first", 0);
        CompletableFuture<Boolean> second = await("second", 0);

        queue.end("checked");

        assertThat(second.join()).isTrue();
        assertThat(admitted).containsExactly("second");
    }

    @Test
    void refusesTheLastIfTooManyWait() throws Exception {
        queue.await("checked", 0, LONG);
        CompletableFuture<Boolean> guesser = await("guesser", 5);
        await("one", 0);
        await("two", 0);
        await("three", 0);
        CompletableFuture<Boolean> four = await("four", 0);

        assertThat(guesser.join()).isFalse();
        assertThat(four).isNotDone();
    }

    @Test
    void limitsEachAddressToPartOfTheQueueAndOneCheck() throws Exception {
        PasswordCheckQueue two = new PasswordCheckQueue(2, 100, 3);
        assertThat(two.await("one", 0, LONG)).isTrue();
        for (int i = 0; i < 3; i++) {
            CompletableFuture.runAsync(() -> enter(two, "one"));
        }
        while (two.waiting() < 3) {
            Thread.sleep(5);
        }
        assertThat(two.await("one", 0, LONG)).as("a fourth is refused").isFalse();
        assertThat(two.await("other", 0, LONG)).isTrue();
        assertThat(admitted)
                .as("no other request of the same address is admitted")
                .isEmpty();
    }

    @Test
    void refusesRequestsThatWaitedTooLong() throws Exception {
        queue.await("checked", 0, LONG);
        assertThat(queue.await("late", 0, Duration.ofMillis(50))).isFalse();
        queue.end("checked");
        assertThat(queue.await("next", 0, LONG)).isTrue();
    }

    private CompletableFuture<Boolean> await(String address, int wrong) throws InterruptedException {
        int before = queue.waiting();
        CompletableFuture<Boolean> result = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        boolean own = queue.await(address, wrong, LONG);
                        if (own) {
                            admitted.add(address);
                        }
                        return own;
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                task -> new Thread(task).start());
        while (queue.waiting() == before && !result.isDone() && before < 4) {
            Thread.sleep(5);
        }
        return result;
    }

    private void enter(PasswordCheckQueue into, String address) {
        try {
            if (into.await(address, 0, LONG)) {
                admitted.add(address);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
