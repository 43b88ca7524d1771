package org.knockon.cli.console;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.common.errors.InterruptException;
import org.knockon.streams.app.FatalErrors;

/** Runs work in daemon threads, which do not keep the process alive. */
public final class Background {

    private Background() {}

    /** @param name name of the thread, after {@code knockon-} */
    public static <T> CompletableFuture<T> start(String name, Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> complete(result, work), "knockon-" + name);
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    /** Waits for the result. If the work failed, throws its exception, unchecked. */
    public static <T> T join(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw unchecked(e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Returns the exception that the work ended with, for the caller to throw. */
    public static RuntimeException unchecked(ExecutionException e) {
        return e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
    }

    private static <T> void complete(CompletableFuture<T> result, Callable<T> work) {
        try {
            result.complete(work.call());
        } catch (Exception | Error e) {
            FatalErrors.endProcessIfFatal(Thread.currentThread().getName(), e);
            result.completeExceptionally(e);
        }
    }
}
