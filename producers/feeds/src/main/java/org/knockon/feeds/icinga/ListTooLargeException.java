package org.knockon.feeds.icinga;

import java.io.IOException;

/** A list of objects is larger than we read. */
final class ListTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    ListTooLargeException() {
        super("the list of objects is too large");
    }
}
