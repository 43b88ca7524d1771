package org.knockon.producers.yaml;

import java.io.IOException;

/** Bytes that are not UTF-8; the message names the first of them and what to do, and quotes nothing else. */
public final class NotUtf8Exception extends IOException {
    private static final long serialVersionUID = 1L;

    private final int position;

    NotUtf8Exception(int position, int found) {
        super(String.format("byte %d (0x%02X) is not UTF-8: save the file as UTF-8", position + 1, found));
        this.position = position;
    }

    /** Index of the first byte that is wrong. */
    int position() {
        return position;
    }
}
