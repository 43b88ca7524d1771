package org.knockon.schemas.registry;

import org.apache.kafka.common.errors.SerializationException;

/** The registry refused a request. The message names the request and the response. */
public class RegistryException extends SerializationException {

    /** Confluent's error code for an unknown schema id. */
    public static final int UNKNOWN_SCHEMA = 40403;

    private final int status;
    private final int errorCode;

    /**
     * @param status HTTP status; 0 when there was no response
     * @param errorCode Confluent's error code; 0 when the response had none
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
