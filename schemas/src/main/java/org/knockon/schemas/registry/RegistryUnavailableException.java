package org.knockon.schemas.registry;

/**
 * No registry answered in spite of retries. The record at hand may be perfectly sound: trying again later can succeed.
 * Whatever wraps it, a {@link java.io.IOException} stands among the causes, as with Confluent's client.
 */
public final class RegistryUnavailableException extends RegistryException {

    public RegistryUnavailableException(String message, int status, Throwable cause) {
        super(message, status, 0, cause);
    }
}
