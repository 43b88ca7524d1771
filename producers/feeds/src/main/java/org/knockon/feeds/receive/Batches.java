package org.knockon.feeds.receive;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Does work in the order of its arrival, one batch at a time: what arrives while a batch is worked on is the next batch.
 * Thread-safe.
 */
final class Batches<T> {

    private final Function<List<T>, CompletionStage<Void>> work;
    private List<T> waiting = new ArrayList<>();
    private boolean busy;

    /** @param work returns when the batch is done; a failure ends that batch alone */
    Batches(Function<List<T>, CompletionStage<Void>> work) {
        this.work = work;
    }

    /** Begins at once if nothing is worked on. */
    void add(T item) {
        synchronized (this) {
            waiting.add(item);
            if (busy) {
                return;
            }
            busy = true;
        }
        next();
    }

    private void next() {
        List<T> batch;
        synchronized (this) {
            if (waiting.isEmpty()) {
                busy = false;
                return;
            }
            batch = waiting;
            waiting = new ArrayList<>();
        }
        CompletionStage<Void> done;
        try {
            done = work.apply(batch);
        } catch (RuntimeException e) {
            done = CompletableFuture.failedFuture(e);
        }
        done.whenComplete((nothing, failure) -> next());
    }
}
