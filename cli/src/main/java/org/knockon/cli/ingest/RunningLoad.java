package org.knockon.cli.ingest;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.knockon.cli.console.Background;
import org.knockon.cli.console.CommandFailure;
import org.knockon.cli.console.ExitCodes;
import org.knockon.feeds.run.FirstLoad;
import org.knockon.feeds.run.LoadReport;

/** A first load that works in the background. However it ends, its summary is printed. */
final class RunningLoad implements AutoCloseable {

    private static final long STOP_SECONDS = 5;

    private final FirstLoad load;
    private final BiConsumer<LoadReport, Duration> summary;
    private Optional<Future<LoadReport>> end = Optional.empty();
    private volatile long startedAt;

    /** @param summary receives the result once the load has ended, and how long it took */
    RunningLoad(FirstLoad load, BiConsumer<LoadReport, Duration> summary) {
        this.load = load;
        this.summary = summary;
    }

    /** The result at the end. */
    synchronized Future<LoadReport> start() {
        startedAt = System.nanoTime();
        Future<LoadReport> started = Background.start("load", () -> {
            try {
                return load.run();
            } catch (IOException e) {
                throw new CommandFailure(ExitCodes.FAILURES, "cannot read the extract: " + e.getMessage(), e);
            }
        });
        end = Optional.of(started);
        return started;
    }

    LoadReport report() {
        return load.report();
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    @Override
    public synchronized void close() throws IOException {
        load.stop();
        try {
            if (end.isPresent()) {
                end.get().get(STOP_SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException e) {
            // Already reported.
        } catch (TimeoutException e) {
            // The broker does not answer, or nothing more comes from a pipe.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            load.close();
        } finally {
            if (end.isPresent()) {
                summary.accept(load.report(), elapsed());
            }
        }
    }
}
