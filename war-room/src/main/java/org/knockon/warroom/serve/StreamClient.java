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
 * One open stream, written only by the thread of its request. It holds at most the newest state and the newest tick.
 * Because a state is complete, a slow reader misses nothing by getting only the newest. A stuck reader blocks its own
 * thread until the connection's idle time-out.
 *
 * <p>Not Javalin's own streams: they are asynchronous and never end after a connection has timed out, but keep logging
 * errors.
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
        /** The caller's access has been revoked. */
        ACCESS("access"),
        /** The server is stopping. */
        STOPPING("stopping");

        private final String word;

        Why(String word) {
            this.word = word;
        }
    }

    /** @param id null if a stream cannot resume from this event */
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

    /** Ends the stream with a last event that gives the reason. */
    void end(Why why) {
        synchronized (lock) {
            bye = why;
            lock.notifyAll();
        }
    }

    void awaitEnd(long nanos) throws InterruptedException {
        if (!ended.await(nanos, TimeUnit.NANOSECONDS)) {
            LOG.debug("a stream did not accept its last event");
        }
    }

    /** Writes the offered messages until {@link #end} or until the client disconnects. */
    void write(OutputStream out) {
        try {
            Message message;
            do {
                message = next();
                out.write(message.bytes());
                out.flush();
            } while (!message.event().equals("bye"));
        } catch (IOException gone) {
            LOG.debug("client disconnected: {}", gone.toString());
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
