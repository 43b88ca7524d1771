package org.knockon.feeds.mllp;

/**
 * The content of one frame.
 *
 * @param bytes all of it, or the beginning if it is longer than accepted
 * @param size bytes that came
 */
record Frame(byte[] bytes, long size) {

    boolean cut() {
        return size > bytes.length;
    }

    /** Without the content, which must not appear in a log or a message. */
    @Override
    public String toString() {
        return "Frame[" + size + "]";
    }
}
