package org.knockon.warroom.serve;

import io.javalin.http.sse.SseClient;

/**
 * One open stream, with a thread of its own that alone writes to it. What waits is bounded: the newest state and the newest tick, and
 * since a state is whole, a reader that was slow misses nothing by getting only the newest. One that is stuck holds up its own thread,
 * until the connection's idle time-out ends it.
 */
final class StreamClient implements Runnable {

    private final SseClient client;
    private final Object lock = new Object();
    private Message state;
    private Message tick;
    private boolean bye;

    /** @param id null where the event is not to be resumed from */
    record Message(String event, String json, String id) {}

    StreamClient(SseClient client) {
        this.client = client;
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

    /** The server is stopping, or the client has gone: the thread ends. */
    void end() {
        synchronized (lock) {
            bye = true;
            lock.notifyAll();
        }
    }

    boolean ended() {
        return client.terminated();
    }

    @Override
    public void run() {
        try {
            while (true) {
                Message message = next();
                if (client.terminated()) {
                    return;
                }
                if (message.id() == null) {
                    client.sendEvent(message.event(), message.json());
                } else {
                    client.sendEvent(message.event(), message.json(), message.id());
                }
                if (message.event().equals("bye")) {
                    client.close();
                    return;
                }
            }
        } catch (InterruptedException e) {
            client.close();
        }
    }

    private Message next() throws InterruptedException {
        synchronized (lock) {
            while (state == null && tick == null && !bye) {
                lock.wait();
            }
            Message message;
            if (bye) {
                message = new Message("bye", "{}", null);
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
