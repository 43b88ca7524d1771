package org.knockon.schemas.recording;

/** A file is not a recording, or cannot be read. The message names the file. */
public final class RecordingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RecordingException(String message) {
        super(message);
    }

    RecordingException(String message, Throwable cause) {
        super(message, cause);
    }
}
