package org.knockon.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteArrayDecoderTest {

    private interface Writing {
        void to(BinaryEncoder encoder) throws IOException;
    }

    private interface Reading {
        Object from(Decoder decoder) throws IOException;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 63, 64, -64, -65, 8191, 8192, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE})
    void readsLongsAsAvroWritesThem(long value) throws IOException {
        assertThat(decoder(bytes(out -> out.writeLong(value))).readLong()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, -1, 1000, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void readsIntsAsAvroWritesThem(int value) throws IOException {
        assertThat(decoder(bytes(out -> out.writeInt(value))).readInt()).isEqualTo(value);
    }

    @Test
    void readsEveryOtherTypeAsAvroWritesIt() throws IOException {
        ByteArrayDecoder in = decoder(bytes(out -> {
            out.writeNull();
            out.writeBoolean(true);
            out.writeFloat(-1.5f);
            out.writeDouble(Math.PI);
            out.writeString("Guy's café \uD83C\uDFE5");
            out.writeString("utf8");
            out.writeString("skipped");
            out.writeBytes(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            out.writeBytes(new byte[] {4});
            out.writeFixed(new byte[] {5, 6});
            out.writeFixed(new byte[] {7, 8});
            out.writeEnum(9);
            out.writeIndex(1);
        }));

        in.readNull();
        assertThat(in.readBoolean()).isTrue();
        assertThat(in.readFloat()).isEqualTo(-1.5f);
        assertThat(in.readDouble()).isEqualTo(Math.PI);
        assertThat(in.readString()).isEqualTo("Guy's café \uD83C\uDFE5");
        assertThat(in.readString(null).toString()).isEqualTo("utf8");
        in.skipString();
        assertThat(in.readBytes(null)).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        in.skipBytes();
        byte[] fixed = new byte[2];
        in.readFixed(fixed);
        assertThat(fixed).containsExactly(5, 6);
        in.skipFixed(2);
        assertThat(in.readEnum()).isEqualTo(9);
        assertThat(in.readIndex()).isEqualTo(1);
        assertThat(in.remaining()).isZero();
    }

    @Test
    void readsAndSkipsArraysAndMapsInBlocksOfEitherKind() throws IOException {
        // Two items in a block that states its size of two bytes, one in a block that does not.
        byte[] blocks = bytes(out -> {
            out.writeLong(-2);
            out.writeLong(2);
            out.writeLong(10);
            out.writeLong(11);
            out.writeLong(1);
            out.writeLong(12);
            out.writeLong(0);
        });
        ByteArrayDecoder in = decoder(blocks);
        assertThat(in.readArrayStart()).isEqualTo(2);
        assertThat(in.readLong() + in.readLong()).isEqualTo(21);
        assertThat(in.mapNext()).isEqualTo(1);
        assertThat(in.readLong()).isEqualTo(12);
        assertThat(in.arrayNext()).isZero();

        in.over(blocks, 0);
        assertThat(in.skipMap()).isEqualTo(1);
        assertThat(in.readLong()).isEqualTo(12);
        assertThat(in.skipArray()).isZero();
        assertThat(in.remaining()).isZero();
    }

    @Test
    void rejectsLengthsThatExceedTheRecord() throws IOException {
        byte[] twoGigabytes = bytes(out -> {
            out.writeLong(Integer.MAX_VALUE - 8L);
            out.writeLong(1);
        });
        Reading[] readings = {
            Decoder::readString,
            in -> in.readString(null),
            in -> in.readBytes(null),
            Decoder::readArrayStart,
            Decoder::arrayNext,
            Decoder::readMapStart,
            Decoder::mapNext,
            Decoder::skipArray,
            Decoder::skipMap
        };
        for (Reading reading : readings) {
            assertThatThrownBy(() -> reading.from(decoder(twoGigabytes))).isInstanceOf(EOFException.class);
        }
        assertThatThrownBy(() -> decoder(twoGigabytes).skipString()).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> decoder(bytes(out -> out.writeLong(-1))).readString())
                .isInstanceOf(EOFException.class);
        assertThatThrownBy(() ->
                        decoder(bytes(out -> out.writeLong(Long.MIN_VALUE))).readArrayStart())
                .isInstanceOf(EOFException.class);
    }

    @Test
    void refusesBytesOfAnotherType() {
        assertThatThrownBy(() -> decoder(new byte[] {2}).readBoolean()).isInstanceOf(AvroRuntimeException.class);
        assertThatThrownBy(() -> decoder(bytes(out -> out.writeLong(1L << 31))).readInt())
                .isInstanceOf(AvroRuntimeException.class);
        byte[] endless = new byte[11];
        Arrays.fill(endless, (byte) 0x80);
        assertThatThrownBy(() -> decoder(endless).readLong()).isInstanceOf(AvroRuntimeException.class);
        assertThatThrownBy(() -> decoder(new byte[0]).readLong()).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> decoder(new byte[7]).readDouble()).isInstanceOf(EOFException.class);
    }

    /** For random bytes, our decoder returns the same as Avro's, or both refuse. */
    @Test
    void agreesWithAvrosDecoderOnRandomBytes() {
        Reading[] readings = {
            Decoder::readLong,
            Decoder::readInt,
            Decoder::readDouble,
            Decoder::readFloat,
            ByteArrayDecoderTest::strictString,
            in -> in.readBytes(null)
        };
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[1 + random.nextInt(24)];
            random.nextBytes(bytes);
            // Short lengths only: Avro's decoder would exhaust memory otherwise.
            bytes[0] = (byte) (random.nextInt(32) * 2);
            Reading reading = readings[random.nextInt(readings.length)];
            BinaryDecoder theirs = DecoderFactory.get().binaryDecoder(bytes, null);

            assertThat(outcome(reading, decoder(bytes))).as("seed %d", seed).isEqualTo(outcome(reading, theirs));
        }
    }

    /** Avro's own decoder replaces invalid UTF-8. */
    private static Object strictString(Decoder in) throws IOException {
        return in instanceof ByteArrayDecoder
                ? in.readString()
                : StandardCharsets.UTF_8.newDecoder().decode(in.readBytes(null)).toString();
    }

    @Test
    void refusesInvalidUtf8InsteadOfReplacingIt() throws IOException {
        byte[] latin1 = {4, 'a', (byte) 0xe9};
        assertThatThrownBy(() -> decoder(latin1).readString()).isInstanceOf(AvroRuntimeException.class);
        String replacement = "a\uFFFD\u20AC";
        assertThat(decoder(bytes(out -> out.writeString(replacement))).readString())
                .isEqualTo(replacement);
    }

    private static Object outcome(Reading reading, Decoder decoder) {
        try {
            return reading.from(decoder);
        } catch (IOException | AvroRuntimeException e) {
            return "refused";
        }
    }

    private static ByteArrayDecoder decoder(byte[] bytes) {
        return new ByteArrayDecoder().over(bytes, 0);
    }

    private static byte[] bytes(Writing writing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        writing.to(encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}
