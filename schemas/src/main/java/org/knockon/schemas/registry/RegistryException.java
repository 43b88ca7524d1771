package org.knockon.schemas.registry;

import org.apache.kafka.common.errors.SerializationException;

/** The registry refused; the message says what was asked and what it answered. */
public class RegistryException extends SerializationException {

    /** Confluent's code for an id that the registry does not know. */
    public static final int UNKNOWN_SCHEMA = 40403;

    private final int status;
    private final int errorCode;

    /**
     * @param status HTTP status; 0 when there was no answer
     * @param errorCode Confluent's error code; 0 when the answer had none
     */
    public RegistryException(String message, int status, int errorCode, Throwable cause) {
        super(message, cause);
        this.status = status;
        this.errorCode = errorCode;
    }

    public int status() {
        return status;
    }

    public int errorCode() {
        return errorCode;
    }
}
