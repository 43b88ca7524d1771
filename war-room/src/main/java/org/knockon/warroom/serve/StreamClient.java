package org.knockon.warroom.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.knockon.warroom.access.Caller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open stream, written by the thread of its request alone. What waits is bounded: the newest state and the newest tick, and since
 * a state is whole, a reader that was slow misses nothing by getting only the newest. One that is stuck holds up its own thread, until
 * the connection's idle time-out ends it.
 *
 * <p>Javalin's own streams are asynchronous, and it never comes to an end with one whose connection has timed out: it fills the log.
 */
final class StreamClient {

    private static final Logger LOG = LoggerFactory.getLogger(StreamClient.class);

    private final Caller caller;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Object lock = new Object();
    private Message state;
    private Message tick;
    private Why bye;

    /** Why a stream ends. */
    enum Why {
        /** The caller's access has been taken away. */
        ACCESS("access"),
        /** The server stops. */
        STOPPING("stopping");

        private final String word;

        Why(String word) {
            this.word = word;
        }
    }

    /** @param id null where the event is not to be resumed from */
    record Message(String event, String json, String id) {
        byte[] bytes() {
            return ((id == null ? "" : "id: " + id + "\n") + "event: " + event + "\ndata: " + json + "\n\n")
                    .getBytes(UTF_8);
        }
    }

    StreamClient(Caller caller) {
        this.caller = caller;
    }

    Caller caller() {
        return caller;
    }

    void offerState(Message message) {
        synchronized (lock) {
            state = message;
            lock.notifyAll();
        }
    }

    void offerTick(Message message) {
        synchronized (lock) {
            tick = message;
            lock.notifyAll();
        }
    }

    /** Ends it, with a last word that says why. */
    void end(Why why) {
        synchronized (lock) {
            bye = why;
            lock.notifyAll();
        }
    }

    void awaitEnd(long nanos) throws InterruptedException {
        if (!ended.await(nanos, TimeUnit.NANOSECONDS)) {
            LOG.debug("a stream takes nothing, not even the last word");
        }
    }

    /** Writes what is offered, until {@link #end} or until the client has gone. */
    void write(OutputStream out) {
        try {
            Message message;
            do {
                message = next();
                out.write(message.bytes());
                out.flush();
            } while (!message.event().equals("bye"));
        } catch (IOException gone) {
            LOG.debug("a stream has ended: {}", gone.toString());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    private Message next() throws InterruptedException {
        synchronized (lock) {
            while (state == null && tick == null && bye == null) {
                lock.wait();
            }
            Message message;
            if (bye != null) {
                message = new Message("bye", "{\"why\":\"" + bye.word + "\"}", null);
            } else if (state != null) {
                message = state;
                state = null;
            } else {
                message = tick;
                tick = null;
            }
            return message;
        }
    }
}
