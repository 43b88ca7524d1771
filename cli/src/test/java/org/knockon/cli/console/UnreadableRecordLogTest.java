package org.knockon.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The pipeline writes ten lines a second about dead letters at most; Kafka Streams would write one for each. */
class UnreadableRecordLogTest {

    private static final Logger KAFKA = (Logger) LoggerFactory.getLogger("org.apache.kafka");

    private final Level before = KAFKA.getLevel();

    @AfterEach
    void restore() {
        KAFKA.setLevel(before);
    }

    @Test
    void kafkaLogsNoUnreadableRecordInACommandThatRunsForLong() throws ClassNotFoundException {
        Class<?> writesOneForEach = Class.forName("org.apache.kafka.streams.processor.internals.RecordDeserializer");
        new CommonOptions().warnOfRetries();
        assertThat(KAFKA.isWarnEnabled()).isTrue();
        assertThat(LoggerFactory.getLogger(writesOneForEach).isWarnEnabled()).isFalse();
    }
}
