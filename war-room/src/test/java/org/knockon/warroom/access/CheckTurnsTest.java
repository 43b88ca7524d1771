package org.knockon.warroom.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CheckTurnsTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final CheckTurns turns = new CheckTurns(1, 4, 3);
    private final List<String> came = new CopyOnWriteArrayList<>();

    @Test
    void callsWhoSentNoWrongPasswordBeforeThoseWhoDid() throws Exception {
        turns.await("checked", 0, LONG);
        CompletableFuture<Boolean> guesser = await("guesser", 5);
        CompletableFuture<Boolean> other = await("other", 1);
        CompletableFuture<Boolean> ana = await("ana", 0);

        turns.end("checked");
        ana.join();
        turns.end("ana");
        other.join();
        turns.end("other");
        guesser.join();

        assertThat(came).containsExactly("ana", "other", "guesser");
    }

    @Test
    void callsOfEqualsTheNewest() throws Exception {
        turns.await("checked", 0, LONG);
        await("first", 0);
        CompletableFuture<Boolean> second = await("second", 0);

        turns.end("checked");

        assertThat(second.join()).isTrue();
        assertThat(came).containsExactly("second");
    }

    @Test
    void sendsTheWorstAwayWhereTooManyWait() throws Exception {
        turns.await("checked", 0, LONG);
        CompletableFuture<Boolean> guesser = await("guesser", 5);
        await("one", 0);
        await("two", 0);
        await("three", 0);
        CompletableFuture<Boolean> four = await("four", 0);

        assertThat(guesser.join()).isFalse();
        assertThat(four).isNotDone();
    }

    @Test
    void keepsAnAddressFromFillingTheQueueAndFromBeingCheckedTwiceAtOnce() throws Exception {
        CheckTurns two = new CheckTurns(2, 100, 3);
        assertThat(two.await("one", 0, LONG)).isTrue();
        for (int i = 0; i < 3; i++) {
            CompletableFuture.runAsync(() -> take(two, "one"));
        }
        while (two.waiting() < 3) {
            Thread.sleep(5);
        }
        assertThat(two.await("one", 0, LONG)).as("a fourth is sent away").isFalse();
        assertThat(two.await("other", 0, LONG)).isTrue();
        assertThat(came).as("none of one's others had a turn").isEmpty();
    }

    @Test
    void sendsAwayWhoWaitedTooLong() throws Exception {
        turns.await("checked", 0, LONG);
        assertThat(turns.await("late", 0, Duration.ofMillis(50))).isFalse();
        turns.end("checked");
        assertThat(turns.await("next", 0, LONG)).isTrue();
    }

    private CompletableFuture<Boolean> await(String address, int wrong) throws InterruptedException {
        int before = turns.waiting();
        CompletableFuture<Boolean> turn = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        boolean mine = turns.await(address, wrong, LONG);
                        if (mine) {
                            came.add(address);
                        }
                        return mine;
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                task -> new Thread(task).start());
        while (turns.waiting() == before && !turn.isDone() && before < 4) {
            Thread.sleep(5);
        }
        return turn;
    }

    private void take(CheckTurns from, String address) {
        try {
            if (from.await(address, 0, LONG)) {
                came.add(address);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
