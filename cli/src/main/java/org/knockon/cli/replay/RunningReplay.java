package org.knockon.cli.replay;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.knockon.cli.console.Background;
import org.knockon.producers.replay.ReplayProgress;
import org.knockon.producers.replay.Replayer;

/** A replayer that publishes in the background. */
final class RunningReplay implements AutoCloseable {

    private static final long STOP_SECONDS = 5;

    private final Replayer replayer;
    private final Future<ReplayProgress> end;

    private RunningReplay(Replayer replayer) {
        this.replayer = replayer;
        end = Background.start("replay", replayer::run);
    }

    static RunningReplay start(Replayer replayer) {
        return new RunningReplay(replayer);
    }

    /** The progress at the end. */
    Future<ReplayProgress> end() {
        return end;
    }

    /** Commits what was sent before closing the producer, so that the next start of this run can resume there. */
    @Override
    public void close() {
        replayer.stop();
        try {
            end.get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Already reported, or reported when the replayer closes.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        replayer.close();
    }
}
