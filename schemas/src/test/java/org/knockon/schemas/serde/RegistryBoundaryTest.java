package org.knockon.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.knockon.schemas.registry.RegistryUnavailableException;

/** Only a failure of the registry itself means that the registry is unavailable. */
class RegistryBoundaryTest {

    @Test
    void doesNotBlameTheRegistryForAnIoErrorInOurCode() {
        assertThat(RegistryUnavailableException.isBehind(
                        new UncheckedIOException(new UTFDataFormatException("encoded string too long"))))
                .isFalse();
        assertThat(RegistryUnavailableException.isBehind(new TimeoutException("broker")))
                .isFalse();
        assertThat(RegistryUnavailableException.isBehind(new IllegalStateException(
                        new RegistryUnavailableException("no answer", 0, new IOException("refused")))))
                .isTrue();
    }

    @Test
    void passesOnTheFailureOfOurOwnClient() {
        RegistryUnavailableException away = new RegistryUnavailableException("no answer", 503, null);
        assertThatThrownBy(() -> call(() -> {
                    throw away;
                }))
                .isSameAs(away);
    }

    /** Confluent's classes throw I/O errors in both cases; only the stack trace differs. */
    @Test
    void blamesTheRegistryOnlyForIoErrorsInConfluentsClient() {
        IOException hangUp = new EOFException();
        hangUp.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("java.net.SocketInputStream", "read", null, 1),
            new StackTraceElement("io.confluent.kafka.schemaregistry.client.rest.RestService", "httpRequest", null, 2)
        });
        assertThatThrownBy(() -> call(() -> {
                    throw new SerializationException("Error retrieving Avro schema", hangUp);
                }))
                .isInstanceOf(RegistryUnavailableException.class);
        assertThatThrownBy(() -> call(() -> {
                    throw new SerializationException("Error deserializing", new EOFException());
                }))
                .isInstanceOf(SerializationException.class)
                .isNotInstanceOf(RegistryUnavailableException.class);
        assertThatThrownBy(() -> call(() -> {
                    throw new TimeoutException("registry");
                }))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void treatsAnyOtherFailureAsABadRecordAndHidesItsMessage() {
        assertThatThrownBy(() -> call(() -> {
                    throw new ClassCastException("p-77 is no record");
                }))
                .isInstanceOf(SerializationException.class)
                .hasMessage("record on topic t cannot be processed: ClassCastException")
                .hasNoCause();
    }

    private static Object call(Supplier<Object> serde) {
        return RegistryBoundary.call("record on topic t", serde);
    }
}
