package org.knockon.feeds.mllp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One sender. It reads a message, waits for its answer, writes it, and only then reads on, so that a sender that floods
 * fills its own send buffer and nothing here.
 *
 * <p>How a connection ends matters: engines take a clean end (FIN) while they wait for an answer for success, and a
 * reset (RST) for a reason to send again. So whatever ends here ends with a reset, unless the sender ended it first.
 */
final class MllpConnection extends AbstractConnection {
    private static final Logger LOG = LoggerFactory.getLogger(MllpConnection.class);

    private static final int READ = 8 * 1024;
    /** Reads in a row before the thread is given back, so that no sender occupies one. */
    private static final int READS = 32;

    /** Time for a sender to read its answer before a reset, which discards what it has not read. */
    private static final Duration LAST_ANSWER = Duration.ofSeconds(1);

    private final MllpListener listener;
    private final FrameReader frames;
    /** From the end of a message to the end of its answer. */
    private volatile Exchange exchange;
    /** Bytes that came after the message being answered. */
    private ByteBuffer rest = ByteBuffer.allocate(0);

    private volatile boolean inFrame;
    private boolean resetOnClose;

    MllpConnection(EndPoint endPoint, MllpListener listener) {
        super(endPoint, listener.threads());
        this.listener = listener;
        this.frames = new FrameReader(listener.settings().maxFrame());
    }

    @Override
    public void onOpen() {
        super.onOpen();
        if (listener.opened(this)) {
            fillInterested();
        } else {
            reset();
        }
    }

    @Override
    public void onClose(Throwable cause) {
        super.onClose(cause);
        listener.closed(this);
    }

    @Override
    public void onFillable() {
        RetainableByteBuffer pooled = listener.buffers().acquire(READ, false);
        try {
            ByteBuffer buffer = pooled.getByteBuffer();
            for (int i = 0; i < READS; i++) {
                int filled = getEndPoint().fill(buffer);
                if (filled < 0) {
                    end();
                    return;
                } else if (filled == 0) {
                    break;
                } else if (process(buffer)) {
                    return;
                }
            }
            fillInterested();
        } catch (IOException e) {
            // The sender reset the connection.
            reset();
        } finally {
            pooled.release();
        }
    }

    /** Consumes the bytes, or those up to the end of a message; the rest waits for the answer. */
    private boolean process(ByteBuffer bytes) throws IOException {
        Optional<Frame> frame = frames.read(bytes);
        listener.skipped(frames.takeSkipped());
        inFrame = frames.inFrame();
        if (frame.isPresent()) {
            byte[] kept = new byte[bytes.remaining()];
            bytes.get(kept);
            rest = ByteBuffer.wrap(kept);
            resetOnClose(true);
            handle(frame.get());
        } else if (inFrame) {
            resetOnClose(true);
        }
        return frame.isPresent();
    }

    private void handle(Frame frame) {
        Exchange current = new Exchange();
        exchange = current;
        Scheduler.Task timer = listener.scheduler()
                .schedule(
                        () -> expire(current),
                        listener.settings().answerWithin().toMillis(),
                        TimeUnit.MILLISECONDS);
        ReceivedMessage message = new ReceivedMessage(frame.bytes(), frame.size(), listener.now(), peer());
        listener.handle(message, answer -> answer(current, answer, timer));
    }

    private void expire(Exchange current) {
        if (current.expire()) {
            listener.unanswered();
            reset();
        }
    }

    private void answer(Exchange current, byte[] answer, Scheduler.Task timer) {
        if (!current.beginAnswer()) {
            return;
        }
        // One buffer, so one TCP write: some engines take the first packet for the whole answer.
        ByteBuffer framed = ByteBuffer.allocate(answer.length + 3)
                .put(FrameReader.START)
                .put(answer)
                .put(FrameReader.END)
                .put(FrameReader.AFTER_END)
                .flip();
        getEndPoint().write(Callback.from(() -> answered(current, timer), failure -> failed(current, timer)), framed);
    }

    private void failed(Exchange current, Scheduler.Task timer) {
        timer.cancel();
        if (current.expire()) {
            listener.unanswered();
        }
        reset();
    }

    private void answered(Exchange current, Scheduler.Task timer) {
        timer.cancel();
        if (!current.endAnswer()) {
            return;
        }
        try {
            resetOnClose(false);
            ByteBuffer next = rest;
            exchange = null;
            if (listener.stopping()) {
                // Not at once: a reset would overtake the answer.
                listener.scheduler().schedule(this::reset, LAST_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            } else if (!process(next)) {
                fillInterested();
            }
        } catch (IOException e) {
            reset();
        }
    }

    /** The sender has ended the connection. */
    private void end() {
        if (inFrame) {
            reset();
        } else {
            getEndPoint().close();
        }
    }

    @Override
    public void onFillInterestedFailed(Throwable cause) {
        reset();
    }

    @Override
    public boolean onIdleExpired(TimeoutException timeout) {
        // While an answer is owed, its own time limit counts.
        if (exchange == null) {
            reset();
        }
        return false;
    }

    /** Ends the connection unless a message is under way. */
    void stopIfIdle() {
        if (exchange == null && !inFrame) {
            reset();
        }
    }

    /** Ends the connection so that the sender sees a reset, beneath TLS too and without its goodbye. */
    void reset() {
        SocketChannelEndPoint socket = socket();
        try {
            channel().setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            LOG.debug("{}: closed already", listener.settings().name());
        } finally {
            socket.close();
        }
    }

    /** Even if this process is killed, an unfinished exchange ends with a reset. */
    private void resetOnClose(boolean wanted) throws IOException {
        if (resetOnClose != wanted) {
            resetOnClose = wanted;
            channel().setOption(StandardSocketOptions.SO_LINGER, wanted ? 0 : -1);
        }
    }

    private SocketChannel channel() {
        return socket().getChannel();
    }

    private SocketChannelEndPoint socket() {
        EndPoint endPoint = getEndPoint();
        while (endPoint instanceof EndPoint.Wrapper wrapper) {
            endPoint = wrapper.unwrap();
        }
        return (SocketChannelEndPoint) endPoint;
    }

    private String peer() {
        return getEndPoint().getRemoteSocketAddress() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress()
                : "";
    }
}
