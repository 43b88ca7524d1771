package org.knockon.feeds.mllp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds frames in the bytes of one connection, however they are cut: a frame is {@code 0B ... 1C}, usually followed by
 * {@code 0D}. Bytes between frames are skipped and counted. Holds at most one frame and never more than it accepts.
 */
final class FrameReader {
    static final byte START = 0x0B;
    static final byte END = 0x1C;
    static final byte AFTER_END = 0x0D;

    private static final int FIRST_SIZE = 1024;
    /** Kept of a frame that is too long: enough for the header, which the refusal names. */
    private static final int KEPT = 16 * 1024;

    private static final byte[] NOTHING = new byte[0];

    private final int maxFrame;
    private byte[] content = NOTHING;
    private int length;
    private long size;
    private boolean inFrame;
    private boolean tooLong;
    private boolean afterFrame;
    private long skipped;

    FrameReader(int maxFrame) {
        this.maxFrame = maxFrame;
    }

    /** Consumes bytes up to the end of the next frame, or all if it does not end in them. */
    Optional<Frame> read(ByteBuffer in) {
        while (in.hasRemaining()) {
            if (inFrame) {
                if (readContent(in)) {
                    return Optional.of(endFrame());
                }
            } else {
                skip(in);
            }
        }
        return Optional.empty();
    }

    /** Whether the first byte of a frame has come and its last byte has not. */
    boolean inFrame() {
        return inFrame;
    }

    /** Bytes outside of frames since the last call. */
    long takeSkipped() {
        long taken = skipped;
        skipped = 0;
        return taken;
    }

    private void skip(ByteBuffer in) {
        byte b = in.get();
        if (b == START) {
            inFrame = true;
        } else if (!afterFrame || b != AFTER_END) {
            skipped++;
        }
        afterFrame = false;
    }

    /** Whether the frame has ended. */
    private boolean readContent(ByteBuffer in) {
        int from = in.position();
        int to = from;
        while (to < in.limit() && in.get(to) != END) {
            to++;
        }
        boolean ended = to < in.limit();
        append(in, to - from);
        if (ended) {
            in.get();
        }
        return ended;
    }

    private void append(ByteBuffer in, int count) {
        size += count;
        if (!tooLong && size > maxFrame) {
            tooLong = true;
            length = Math.min(length, KEPT);
            content = Arrays.copyOf(content, Math.min(KEPT, maxFrame));
        }
        int room = tooLong ? content.length - length : count;
        int kept = Math.min(room, count);
        if (length + kept > content.length) {
            int doubled = Math.max(FIRST_SIZE, content.length * 2);
            content = Arrays.copyOf(content, Math.max(length + kept, Math.min(doubled, maxFrame)));
        }
        in.get(content, length, kept);
        length += kept;
        in.position(in.position() + count - kept);
    }

    private Frame endFrame() {
        Frame frame = new Frame(Arrays.copyOf(content, length), size);
        content = NOTHING;
        length = 0;
        size = 0;
        inFrame = false;
        tooLong = false;
        afterFrame = true;
        return frame;
    }
}
