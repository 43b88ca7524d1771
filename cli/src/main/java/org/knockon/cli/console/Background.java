package org.knockon.cli.console;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.common.errors.InterruptException;
import org.knockon.streams.app.FatalErrors;

/** Work in threads of their own that do not keep the process alive. */
public final class Background {

    private Background() {}

    /** @param name of the thread, with {@code knockon-} before it */
    public static <T> CompletableFuture<T> start(String name, Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> complete(result, work), "knockon-" + name);
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    /** The result, or the unchecked exception that the work ended with. */
    public static <T> T join(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw unchecked(e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** What the work ended with, to be thrown. */
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
