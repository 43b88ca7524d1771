package org.knockon.cli.console;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.slf4j.Marker;

/**
 * One line at INFO for tasks that another instance has taken over, in place of a stack trace at WARN or ERROR for each
 * record that was on its way. Exactly-once processing expects this: the transaction is aborted, and the new owner
 * repeats the work. {@code logback.xml} installs it.
 */
public final class FencedTaskFilter extends TurboFilter {

    private static final String KAFKA = "org.apache.kafka.";
    private static final Duration ONE_INCIDENT = Duration.ofSeconds(30);
    private static final Set<Class<? extends Throwable>> FENCED =
            Set.of(ProducerFencedException.class, InvalidProducerEpochException.class, TaskMigratedException.class);

    /** {@link System#nanoTime} of the last line; null before the first. */
    private final AtomicReference<Long> loggedAt = new AtomicReference<>();

    @Override
    public FilterReply decide(
            Marker marker, Logger logger, Level level, String format, Object[] params, Throwable thrown) {
        if (!level.isGreaterOrEqual(Level.WARN) || !logger.getName().startsWith(KAFKA)) {
            return FilterReply.NEUTRAL;
        }
        if (!isFenced(thrown == null ? last(params) : thrown)) {
            return FilterReply.NEUTRAL;
        }
        logOnce(logger.getLoggerContext());
        return FilterReply.DENY;
    }

    private void logOnce(LoggerContext context) {
        Long now = System.nanoTime();
        Long before = loggedAt.get();
        boolean due = before == null || now - before >= ONE_INCIDENT.toNanos();
        if (due && loggedAt.compareAndSet(before, now)) {
            context.getLogger(FencedTaskFilter.class)
                    .info("another instance has taken over tasks of this one: their transactions are aborted, and it"
                            + " repeats the work");
        }
    }

    /** Two members of one name are a mistake in the configuration, and stay visible. */
    private static boolean isFenced(Throwable thrown) {
        boolean fenced = false;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof FencedInstanceIdException) {
                return false;
            }
            fenced |= FENCED.contains(cause.getClass());
        }
        return fenced;
    }

    private static Throwable last(Object[] params) {
        return params != null && params.length > 0 && params[params.length - 1] instanceof Throwable thrown
                ? thrown
                : null;
    }
}
