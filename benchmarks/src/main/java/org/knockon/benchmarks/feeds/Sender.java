package org.knockon.benchmarks.feeds;

import java.io.IOException;

/** One connection of a sender, with one message in flight. For one thread. */
interface Sender extends AutoCloseable {

    /**
     * Sends a message and reads its answer to the end.
     *
     * @return nanoseconds from the last byte of the message to the first byte of the answer
     * @throws IOException if there is no positive answer
     */
    long exchange(int number) throws IOException;

    @Override
    void close() throws IOException;

    /** Connects. */
    static Sender to(FeedProcess feeds, SampleMessages messages, MessageKind kind, int connection) throws IOException {
        return kind == MessageKind.HL7
                ? new MllpSender(feeds.port(), messages, connection)
                : new HttpSender(feeds.http(), messages, kind, connection);
    }
}
