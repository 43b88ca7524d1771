package org.knockon.cli.records;

/** An invalid line or record. The message gives the reason. */
final class BadRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    BadRecordException(String message) {
        super(message);
    }

    BadRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
