package org.knockon.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log of the command line, as logback.xml configures it, when another instance has taken over a task. */
class FencedTaskLogTest {

    private static final String SENDING = "org.apache.kafka.streams.processor.internals.RecordCollectorImpl";
    private static final String THREAD = "org.apache.kafka.streams.processor.internals.StreamThread";

    private final LoggerContext context = new LoggerContext();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final ListAppender<ILoggingEvent> own = new ListAppender<>();

    @BeforeEach
    void configure() throws Exception {
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(getClass().getResource("/logback.xml"));
        lines.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).detachAndStopAllAppenders();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(lines);
        // As for a long-running command.
        context.getLogger("org.apache.kafka").setLevel(Level.WARN);
        own.start();
        Logger filter = context.getLogger(FencedTaskFilter.class);
        filter.setLevel(Level.INFO);
        filter.setAdditive(false);
        filter.addAppender(own);
    }

    @Test
    void recordsOfAFencedTaskCostOneLineAtInfo() {
        for (int record = 0; record < 200; record++) {
            context.getLogger(SENDING)
                    .error("Error encountered sending record to topic", new ProducerFencedException("fenced"));
        }
        context.getLogger(THREAD)
                .warn(
                        "Detected that the thread is being fenced.",
                        new TaskMigratedException("migrated", new InvalidProducerEpochException("old epoch")));
        context.getLogger(THREAD)
                .error("task {}", "1_0", new TaskMigratedException("migrated", new RuntimeException()));

        assertThat(lines.list).isEmpty();
        assertThat(own.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.INFO);
            assertThat(line.getMessage()).contains("another instance has taken over");
        });
    }

    @Test
    void anyOtherFailureStaysVisible() {
        context.getLogger(SENDING).error("Error encountered sending record", new TimeoutException("expired"));
        context.getLogger(THREAD).warn("no cause");
        context.getLogger(THREAD)
                .error(
                        "the name is used twice",
                        new TaskMigratedException("fenced", new FencedInstanceIdException("another instance")));

        assertThat(lines.list)
                .extracting(ILoggingEvent::getMessage)
                .isEqualTo(List.of("Error encountered sending record", "no cause", "the name is used twice"));
        assertThat(own.list).isEmpty();
    }
}
