package org.knockon.schemas.registry;

import java.io.IOException;
import org.apache.kafka.common.errors.RetriableException;

/**
 * No registry answered in spite of retries. The record at hand may be perfectly sound: trying again later can succeed.
 * Whatever wraps it, a {@link java.io.IOException} stands among the causes, as with Confluent's client.
 */
public final class RegistryUnavailableException extends RegistryException {

    public RegistryUnavailableException(String message, int status, Throwable cause) {
        super(message, status, 0, cause);
    }

    /** Whether trouble on the way to the registry, not the record, is at the bottom of a failure; with Confluent's client too. */
    public static boolean isBehind(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException || cause instanceof RetriableException) {
                return true;
            }
        }
        return false;
    }
}
