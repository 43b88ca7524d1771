package org.knockon.schemas.registry;

/** No registry answered in spite of retries. The record at hand may be valid: trying again later can succeed. */
public final class RegistryUnavailableException extends RegistryException {

    public RegistryUnavailableException(String message, int status, Throwable cause) {
        super(message, status, 0, cause);
    }

    /**
     * Whether a registry that cannot be reached is behind a failure. No other I/O error is: one of our own code, for instance on the
     * way to a store, would otherwise be retried for as long as its record is there.
     */
    public static boolean isBehind(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RegistryUnavailableException) {
                return true;
            }
        }
        return false;
    }
}
