package org.knockon.cli.connect;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Collection;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.knockon.cli.console.CommandFailure;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.console.Figures;
import org.knockon.cli.settings.Settings;
import org.knockon.schemas.Topic;

/**
 * Waits at the start of a command that runs for long until broker and registry answer, and says so: after a power cut everything starts at
 * once, and in no particular order. What waiting does not change ends the command at once: missing topics, a refused password, a wrong setting.
 */
public final class StartupWait {

    private static final Duration ATTEMPT = Duration.ofSeconds(5);
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final Duration LINE_EVERY = Duration.ofSeconds(15);
    private static final Duration LINE_EVERY_LATER = Duration.ofMinutes(1);

    private final Settings settings;
    private final PrintWriter err;
    /** {@link System#nanoTime()}. */
    private final long began = System.nanoTime();

    private long lastLine;
    private boolean waited;

    private StartupWait(Settings settings, PrintWriter err) {
        this.settings = settings.withTimeout(ATTEMPT);
        this.err = err;
    }

    /**
     * Returns once both answer and the topics exist.
     *
     * @param atMost the longest to wait
     * @param err where the waiting is reported
     * @throws CommandFailure when topics are missing or either refuses to answer, and after {@code atMost}
     */
    public static void until(
            Settings settings, Collection<? extends Topic<?>> topics, Duration atMost, PrintWriter err) {
        StartupWait wait = new StartupWait(settings, err);
        wait.until("the broker at " + settings.bootstrapServers(), atMost, () -> wait.requireTopics(topics));
        wait.until("the schema registry at " + settings.shownRegistry(), atMost, () -> Connectivity.registry(wait.settings));
    }

    private void requireTopics(Collection<? extends Topic<?>> topics) {
        try (Admin admin = Connectivity.admin(settings)) {
            Connectivity.topics(admin, settings.prefix(), topics);
        }
    }

    private void until(String whom, Duration atMost, Runnable question) {
        waited = false;
        while (true) {
            try {
                question.run();
                if (waited) {
                    say(whom + " answers after " + Figures.wholeSpan(elapsed()));
                }
                return;
            } catch (RuntimeException e) {
                if (!passing(e)) {
                    throw e;
                }
                if (elapsed().compareTo(atMost) >= 0) {
                    throw new CommandFailure(
                            ExitCodes.AWAY, "no answer from " + whom + " within " + Figures.wholeSpan(atMost), e);
                }
                sayThatItWaits(whom, e);
            }
            pause();
        }
    }

    /** A broker that is about to start or to stop hangs up, or knows no leader yet. */
    private static boolean passing(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnreachableException
                    || cause instanceof RetriableException
                    || cause instanceof DisconnectException) {
                return true;
            }
        }
        return false;
    }

    private void sayThatItWaits(String whom, RuntimeException why) {
        Duration every = elapsed().compareTo(LINE_EVERY_LATER) < 0 ? LINE_EVERY : LINE_EVERY_LATER;
        if (!waited || System.nanoTime() - lastLine >= every.toNanos()) {
            waited = true;
            lastLine = System.nanoTime();
            say("waiting for " + whom + ": " + Figures.wholeSpan(elapsed()) + " (" + reason(why) + ")");
        }
    }

    private static String reason(RuntimeException why) {
        if (!(why instanceof UnreachableException)) {
            return String.valueOf(why.getMessage());
        }
        return why.getMessage().startsWith("no such host") ? "no such host" : "no answer";
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private void say(String line) {
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
