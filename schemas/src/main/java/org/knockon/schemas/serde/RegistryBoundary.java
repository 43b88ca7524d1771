package org.knockon.schemas.serde;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.knockon.schemas.registry.RegistryUnavailableException;

/**
 * Distinguishes an unavailable registry from a bad record, for either serde class. Ours throws different types.
 * Confluent's throws an I/O error for both: only an error from inside its registry client counts as an unavailable
 * registry.
 */
final class RegistryBoundary {

    private static final String CONFLUENT_CLIENT = "io.confluent.kafka.schemaregistry.client.";

    private RegistryBoundary() {}

    /**
     * Calls the serde class.
     *
     * @param what the record, in words, for messages
     * @throws RegistryUnavailableException when the registry cannot be reached
     * @throws SerializationException on any other failure of the serde class
     */
    static <T> T call(String what, Supplier<T> serde) {
        try {
            return serde.get();
        } catch (RuntimeException e) {
            if (RegistryUnavailableException.isBehind(e)) {
                throw e;
            }
            if (isOfConfluentsClient(e)) {
                throw new RegistryUnavailableException(what + ": the registry cannot be reached", 0, e);
            }
            throw e instanceof SerializationException ? e : undecodable(what, e);
        }
    }

    /** Omits the cause, because its message may quote the record. */
    static SerializationException undecodable(String what, RuntimeException failure) {
        return new SerializationException(
                what + " cannot be processed: " + failure.getClass().getSimpleName());
    }

    private static boolean isOfConfluentsClient(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RetriableException || (cause instanceof IOException && isThrownByClient(cause))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isThrownByClient(Throwable failure) {
        return Arrays.stream(failure.getStackTrace())
                .anyMatch(frame -> frame.getClassName().startsWith(CONFLUENT_CLIENT));
    }
}
