package org.knockon.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The pipeline logs at most ten lines per second about dead letters; Kafka Streams would log one per record. */
class UnreadableRecordLogTest {

    private static final Logger KAFKA = (Logger) LoggerFactory.getLogger("org.apache.kafka");

    private final Level before = KAFKA.getLevel();

    @AfterEach
    void restore() {
        KAFKA.setLevel(before);
    }

    @Test
    void silencesKafkaStreamsAboutUnreadableRecordsInLongRunningCommands() throws ClassNotFoundException {
        Class<?> logsEachRecord = Class.forName("org.apache.kafka.streams.processor.internals.RecordDeserializer");
        new CommonOptions().warnOfRetries();
        assertThat(KAFKA.isWarnEnabled()).isTrue();
        assertThat(LoggerFactory.getLogger(logsEachRecord).isWarnEnabled()).isFalse();
    }
}
