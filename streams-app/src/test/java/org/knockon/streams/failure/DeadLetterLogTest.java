package org.knockon.streams.failure;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class DeadLetterLogTest {

    private static final long SECOND = 1_000_000_000L;

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private long nanos;
    private final DeadLetterLog log = new DeadLetterLog(logger(), () -> nanos);

    @Test
    void logsOneLineWithoutAStackTrace() {
        log.add("knockon.appointments", 3, 42, "slotEnd is before slotStart");
        assertThat(texts())
                .containsExactly("dead letter: knockon.appointments-3 at offset 42: slotEnd is before slotStart");
        assertThat(lines.list.get(0).getThrowableProxy()).isNull();
    }

    @Test
    void logsTenASecondAndThenTheNumberOfOthers() {
        for (int i = 0; i < 62_000; i++) {
            log.add("t", 0, i, "junk");
        }
        assertThat(lines.list).hasSize(10);
        nanos += SECOND - 1;
        log.flush();
        assertThat(lines.list).hasSize(10);
        nanos += 1;
        log.flush();
        assertThat(texts()).hasSize(11).last().isEqualTo("61990 more dead letters, not listed");
        log.flush();
        log.add("t", 0, 70_000, "junk");
        assertThat(texts()).hasSize(12).last().isEqualTo("dead letter: t-0 at offset 70000: junk");
        nanos += SECOND;
        log.flush();
        assertThat(lines.list).as("no line when none was left out").hasSize(12);
    }

    private List<String> texts() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private Logger logger() {
        Logger logger = (Logger) LoggerFactory.getLogger(DeadLetterLogTest.class);
        logger.setLevel(Level.WARN);
        logger.setAdditive(false);
        lines.start();
        logger.addAppender(lines);
        return logger;
    }
}
