package org.knockon.cli.connect;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.knockon.cli.console.CommandFailure;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.console.Figures;
import org.knockon.cli.settings.Settings;
import org.knockon.schemas.Topic;

/**
 * Makes a long-running command wait at startup until the broker and the registry respond, and reports the wait. After a power cut, all
 * programs start at once and in no particular order. Failures that waiting cannot fix stop the command at once: missing topics, a refused
 * password, a wrong setting.
 */
public final class StartupWait {

    private static final Duration FIRST_ATTEMPT = Duration.ofSeconds(5);
    /** A server that is too slow for one attempt gets twice the time for the next, up to this. */
    private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(60);

    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final Duration LINE_EVERY = Duration.ofSeconds(15);
    private static final Duration LINE_EVERY_LATER = Duration.ofMinutes(1);

    private final PrintWriter err;
    /** {@link System#nanoTime()}. */
    private final long startedAt = System.nanoTime();

    private Settings settings;
    private long lastLine;
    private boolean waited;

    private StartupWait(Settings settings, PrintWriter err) {
        this.settings = settings.withTimeout(FIRST_ATTEMPT);
        this.err = err;
    }

    /**
     * Returns once both respond and the topics exist.
     *
     * @param atMost the maximum wait
     * @param err receives the progress lines
     * @throws CommandFailure if topics are missing, if either refuses access, or after {@code atMost}
     */
    public static void until(
            Settings settings, Collection<? extends Topic<?>> topics, Duration atMost, PrintWriter err) {
        StartupWait wait = new StartupWait(settings, err);
        wait.until(
                "the broker at " + settings.bootstrapServers(),
                atMost,
                () -> Preflight.requireTopics(wait.settings, topics));
        wait.until(
                "the schema registry at " + settings.shownRegistry(),
                atMost,
                () -> Connectivity.requireRegistry(wait.settings));
    }

    private void until(String server, Duration atMost, Runnable check) {
        waited = false;
        while (true) {
            try {
                check.run();
                if (waited) {
                    print(server + " answers after " + Figures.wholeSpan(elapsed()));
                }
                return;
            } catch (RuntimeException e) {
                if (!isTemporary(e)) {
                    throw e;
                }
                if (elapsed().compareTo(atMost) >= 0) {
                    boolean slow = e instanceof UnreachableException unreachable && unreachable.slow();
                    throw new CommandFailure(
                            ExitCodes.UNAVAILABLE,
                            "no answer from " + server + " within " + Figures.wholeSpan(atMost)
                                    + (slow ? " (" + UnreachableException.SLOW + ")" : ""),
                            e);
                }
                reportWait(server, e);
                allowMoreTime(e, atMost.minus(elapsed()));
            }
            pause();
        }
    }

    /** A broker that is starting or stopping closes connections, or has no leader for a partition. */
    private static boolean isTemporary(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnreachableException
                    || cause instanceof RetriableException
                    || cause instanceof DisconnectException) {
                return true;
            }
        }
        return false;
    }

    private void reportWait(String server, RuntimeException cause) {
        Duration every = elapsed().compareTo(LINE_EVERY_LATER) < 0 ? LINE_EVERY : LINE_EVERY_LATER;
        if (!waited || System.nanoTime() - lastLine >= every.toNanos()) {
            waited = true;
            lastLine = System.nanoTime();
            print("waiting for " + server + ": " + Figures.wholeSpan(elapsed()) + " (" + reason(cause) + ")");
        }
    }

    private static String reason(RuntimeException cause) {
        return cause instanceof UnreachableException unreachable
                ? unreachable.brief()
                : String.valueOf(cause.getMessage());
    }

    /** Each attempt logs in again from the start, so attempts of the same length would all fail. */
    private void allowMoreTime(RuntimeException cause, Duration rest) {
        if (cause instanceof UnreachableException unreachable && unreachable.slow()) {
            Duration longer = settings.timeout().multipliedBy(2);
            settings = settings.withTimeout(
                    Collections.max(List.of(FIRST_ATTEMPT, Collections.min(List.of(longer, LONGEST_ATTEMPT, rest)))));
        }
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    private void print(String line) {
        err.println("knockon: " + line);
        err.flush();
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN.toMillis());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
