package org.knockon.schemas.registry;

/** No registry responded, despite retries. The record may be valid: trying again later can succeed. */
public final class RegistryUnavailableException extends RegistryException {

    public RegistryUnavailableException(String message, int status, Throwable cause) {
        super(message, status, 0, cause);
    }

    /**
     * Whether an unavailable registry caused a failure. Other I/O errors do not count: an error in our own code, for
     * instance when writing to a store, would otherwise be retried for as long as the record exists.
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
