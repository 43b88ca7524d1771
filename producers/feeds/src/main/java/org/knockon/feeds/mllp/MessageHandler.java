package org.knockon.feeds.mllp;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Takes the messages of a listener, one at a time of each connection, those of different connections in parallel.
 *
 * <p>Valid: the stage completes with an answer within the listener's {@code answerWithin}, and the sender gets it; or it
 * completes later, with no answer, or with a failure, and the listener resets the connection when that time is over.
 * Invalid: a call that waits for Kafka. Few threads make the calls for all connections.
 */
@FunctionalInterface
public interface MessageHandler {

    /** The answer without the bytes that frame it, or none if the sender shall send the message again. */
    CompletionStage<Optional<byte[]>> handle(ReceivedMessage message);
}
