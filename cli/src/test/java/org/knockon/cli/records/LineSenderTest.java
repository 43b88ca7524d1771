package org.knockon.cli.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class LineSenderTest {

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final List<String> rejected = new ArrayList<>();
    private final LineSender sender = new LineSender(producer, (line, reason) -> rejected.add(line + ": " + reason));

    @Test
    void rejectsOnlyTheLineOfATooLargeRecord() {
        send(1, 2, 3);
        producer.completeNext();
        producer.errorNext(new RecordTooLargeException("too large"));
        producer.completeNext();

        sender.finish();
        assertThat(rejected).containsExactly("2: too large");
        assertThat(sender.sent()).isEqualTo(2);
    }

    @Test
    void stopsOnAMissingPermissionAndStillCountsAcknowledgedRecords() {
        send(1, 2, 3);
        producer.completeNext();
        producer.errorNext(new TopicAuthorizationException("not authorized"));
        producer.errorNext(new TopicAuthorizationException("nor this one"));

        assertThatThrownBy(sender::requireNoFailure)
                .isInstanceOf(TopicAuthorizationException.class)
                .hasMessage("not authorized");
        sender.close();
        assertThat(rejected).isEmpty();
        assertThat(sender.sent()).isEqualTo(1);
    }

    private void send(int... lines) {
        for (int line : lines) {
            sender.send(line, new ProducerRecord<>("t", new byte[0], new byte[0]));
        }
    }
}
