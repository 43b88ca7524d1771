package org.knockon.feeds.publish;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Work on the same appointment is done one after the other, in order of arrival; work on different appointments at the
 * same time. Thread-safe.
 */
public final class Turns {

    /** The end of the last work on each appointment that is not done yet. */
    private final Map<String, CompletableFuture<Void>> last = new HashMap<>();

    /**
     * Does work when all earlier work on these appointments is done, however it ended.
     *
     * @param appointmentIds may be empty; then the work starts at once
     * @param work returns when it is done
     */
    public <T> CompletableFuture<T> take(Collection<String> appointmentIds, Supplier<CompletionStage<T>> work) {
        List<String> ids = appointmentIds.stream().distinct().toList();
        CompletableFuture<Void> done = new CompletableFuture<>();
        List<CompletableFuture<Void>> earlier = new ArrayList<>();
        synchronized (last) {
            for (String id : ids) {
                CompletableFuture<Void> before = last.put(id, done);
                if (before != null) {
                    earlier.add(before);
                }
            }
        }
        return CompletableFuture.allOf(earlier.toArray(CompletableFuture[]::new))
                .thenCompose(nothing -> work.get())
                .whenComplete((result, failure) -> {
                    synchronized (last) {
                        ids.forEach(id -> last.remove(id, done));
                    }
                    done.complete(null);
                });
    }

    /** Number of appointments that are being worked on. */
    int busy() {
        synchronized (last) {
            return last.size();
        }
    }
}
