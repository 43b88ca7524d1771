package org.knockon.feeds.mllp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private static final int MAX = 20_000;

    private final FrameReader reader = new FrameReader(MAX);

    @Test
    void findsOneFrame() {
        assertThat(read("\u000bMSH|a\rPID\u001c\r")).containsExactly("MSH|a\rPID");
        assertThat(reader.takeSkipped()).isZero();
        assertThat(reader.inFrame()).isFalse();
    }

    @Test
    void findsAFrameThatComesInSingleBytes() {
        List<String> found = new ArrayList<>();
        for (char c : "\u000bMSH|a\u001c\r".toCharArray()) {
            found.addAll(read(String.valueOf(c)));
        }

        assertThat(found).containsExactly("MSH|a");
        assertThat(reader.takeSkipped()).isZero();
    }

    @Test
    void findsTenFramesInOnePacket() {
        assertThat(read("\u000bA\u001c\r".repeat(10))).hasSize(10).containsOnly("A");
    }

    @Test
    void aFrameEndsBeforeItsCarriageReturnComes() {
        assertThat(read("\u000bA\u001c")).containsExactly("A");
        assertThat(read("\u000bB\u001c")).containsExactly("B");
        assertThat(read("\r\u000bC\u001c")).containsExactly("C");
        assertThat(reader.takeSkipped()).isZero();
    }

    @Test
    void skipsAndCountsWhatIsBetweenFrames() {
        assertThat(read("junk\u000bA\u001c\r\r\nmore\u000bB\u001c\r\u001c")).containsExactly("A", "B");
        assertThat(reader.takeSkipped()).isEqualTo(4 + 2 + 4 + 1);
        assertThat(reader.takeSkipped()).isZero();
    }

    @Test
    void stopsAtTheEndOfAFrame() {
        ByteBuffer bytes = bytes("\u000bA\u001c\r\u000bB");

        assertThat(reader.read(bytes)).isPresent();
        assertThat(bytes.remaining()).isEqualTo(3);
    }

    @Test
    void anEmptyFrameIsAFrame() {
        assertThat(read("\u000b\u001c\r")).containsExactly("");
    }

    @Test
    void aLineTabInsideAFrameIsContent() {
        assertThat(read("\u000bone\u000btwo\u001c")).containsExactly("one\u000btwo");
    }

    @Test
    void theLongestFrameIsWhole() {
        Frame frame = reader.read(bytes("\u000b" + "x".repeat(MAX) + "\u001c")).orElseThrow();

        assertThat(frame.cut()).isFalse();
        assertThat(frame.bytes()).hasSize(MAX);
    }

    @Test
    void ofALongerFrameTheBeginningIsKept() {
        Frame frame =
                reader.read(bytes("\u000bMSH" + "x".repeat(MAX) + "\u001c")).orElseThrow();

        assertThat(frame.cut()).isTrue();
        assertThat(frame.size()).isEqualTo(MAX + 3);
        assertThat(frame.bytes()).hasSize(16 * 1024);
        assertThat(new String(frame.bytes(), ISO_8859_1)).startsWith("MSHxxx");
        assertThat(read("\rjunk\u000bB\u001c\r")).containsExactly("B");
    }

    @Test
    void anEndlessFrameTakesNoMemory() {
        reader.read(bytes("\u000b"));
        ByteBuffer megabyte = ByteBuffer.allocate(1 << 20);
        for (int i = 0; i < 300; i++) {
            assertThat(reader.read(megabyte.clear())).isEmpty();
        }
        Frame frame = reader.read(bytes("\u001c")).orElseThrow();

        assertThat(frame.size()).isEqualTo(300L << 20);
        assertThat(frame.bytes()).hasSize(16 * 1024);
    }

    @Test
    void howBytesAreCutMakesNoDifference() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            byte[] all = randomBytes(random);
            FrameReader whole = new FrameReader(50);
            FrameReader cut = new FrameReader(50);

            List<String> expected = frames(whole, ByteBuffer.wrap(all));
            List<String> found = new ArrayList<>();
            for (int at = 0; at < all.length; ) {
                int length = Math.min(1 + random.nextInt(9), all.length - at);
                found.addAll(frames(cut, ByteBuffer.wrap(all, at, length)));
                at += length;
            }

            assertThat(found).as("seed " + seed).isEqualTo(expected);
            assertThat(cut.takeSkipped()).as("seed " + seed).isEqualTo(whole.takeSkipped());
            assertThat(cut.inFrame()).as("seed " + seed).isEqualTo(whole.inFrame());
        }
    }

    private static byte[] randomBytes(Random random) {
        byte[] some = {FrameReader.START, FrameReader.END, FrameReader.AFTER_END, '\n', 'M', 'S', 'H', 0, -1};
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = random.nextInt(300); i >= 0; i--) {
            all.write(some[random.nextInt(random.nextBoolean() ? 3 : some.length)]);
            if (random.nextInt(20) == 0) {
                all.writeBytes("x".repeat(random.nextInt(80)).getBytes(ISO_8859_1));
            }
        }
        return all.toByteArray();
    }

    private List<String> read(String text) {
        return frames(reader, bytes(text));
    }

    private static List<String> frames(FrameReader reader, ByteBuffer bytes) {
        List<String> found = new ArrayList<>();
        for (Optional<Frame> frame = reader.read(bytes); frame.isPresent(); frame = reader.read(bytes)) {
            found.add(new String(frame.get().bytes(), ISO_8859_1)
                    + (frame.get().cut() ? " of " + frame.get().size() : ""));
        }
        return found;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    }
}
