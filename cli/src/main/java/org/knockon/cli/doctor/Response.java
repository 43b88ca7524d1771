package org.knockon.cli.doctor;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * A broker's response to a request: a value or a refusal.
 *
 * @param value null if it refused
 * @param refusal null if there is a value
 */
record Response<T>(T value, Throwable refusal) {

    /** @throws KafkaException if there was no response */
    static <T> Response<T> to(KafkaFuture<T> request) {
        try {
            return new Response<>(request.get(), null);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException timeout) {
                throw timeout;
            }
            return new Response<>(null, e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    boolean denied() {
        return refused(AuthorizationException.class);
    }

    boolean refused(Class<? extends Throwable> reason) {
        return reason.isInstance(refusal);
    }
}
