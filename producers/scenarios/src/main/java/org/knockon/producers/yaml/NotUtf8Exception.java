package org.knockon.producers.yaml;

import java.io.IOException;

/** Bytes are not UTF-8. The message gives the first wrong byte and what to do, and quotes no other content. */
public final class NotUtf8Exception extends IOException {
    private static final long serialVersionUID = 1L;

    private final int position;

    NotUtf8Exception(int position, int found) {
        super(String.format("byte %d (0x%02X) is not UTF-8: save the file as UTF-8", position + 1, found));
        this.position = position;
    }

    /** Index of the first wrong byte. */
    int position() {
        return position;
    }
}
