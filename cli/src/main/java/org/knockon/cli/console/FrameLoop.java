package org.knockon.cli.console;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Shows frames while work is done in the background.
 *
 * @param check throws if the work cannot succeed any more; otherwise the loop would wait for it without limit
 * @param show shows the current state
 */
public record FrameLoop(Runnable check, Runnable show) {

    private static final long FRAME_MILLIS = 250;

    /** Shows frames until the work is done, and returns its result. If the work failed, throws its exception. */
    public <T> T until(Future<T> work) {
        while (true) {
            check.run();
            show.run();
            try {
                T result = work.get(FRAME_MILLIS, TimeUnit.MILLISECONDS);
                show.run();
                return result;
            } catch (TimeoutException notYet) {
                continue;
            } catch (ExecutionException e) {
                check.run();
                throw Background.unchecked(e);
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
    }
}
