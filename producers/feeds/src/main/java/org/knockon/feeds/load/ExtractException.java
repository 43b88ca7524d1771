package org.knockon.feeds.load;

/** An extract that cannot be read at all: its first line does not fit the columns of the feeds file. */
public final class ExtractException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExtractException(String message) {
        super(message);
    }
}
