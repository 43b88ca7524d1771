package org.knockon.cli.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.knockon.cli.console.Background;
import org.knockon.cli.console.CommandFailure;
import org.knockon.cli.console.ExitCodes;
import org.knockon.feeds.recorder.Recorder;
import org.knockon.feeds.recorder.RecordingProgress;

/** A recorder that works in the background. */
final class RunningRecording implements AutoCloseable {

    private static final long STOP_SECONDS = 10;

    private final Recorder recorder;
    private final Future<RecordingProgress> end;

    private RunningRecording(Recorder recorder, Path file) {
        this.recorder = recorder;
        end = Background.start("record", () -> {
            try {
                return recorder.run();
            } catch (IOException e) {
                throw failure(file, e);
            }
        });
    }

    static RunningRecording start(Recorder recorder, Path file) {
        return new RunningRecording(recorder, file);
    }

    static CommandFailure failure(Path file, IOException e) {
        return new CommandFailure(ExitCodes.FAILURES, "cannot write " + file + ": " + e.getMessage(), e);
    }

    /** The progress at the end. */
    Future<RecordingProgress> end() {
        return end;
    }

    /** After Ctrl-C, ends the file in order. */
    @Override
    public void close() throws IOException {
        recorder.stop();
        try {
            end.get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            // Already reported.
        } catch (TimeoutException e) {
            // The broker does not answer; what was written stays readable.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        recorder.close();
    }
}
