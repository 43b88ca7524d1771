package org.knockon.producers.yaml;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads text files from users. They must be valid UTF-8: an invalid byte must not become a replacement character in an
 * id. A byte order mark at the start, as Windows programs write it, is skipped.
 */
public final class Utf8File {

    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private Utf8File() {}

    /**
     * The whole text.
     *
     * @throws IOException if the file cannot be read or is not UTF-8; the message gives the line and what to do
     */
    public static String read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int start = textStart(bytes, bytes.length);
        try {
            return decode(bytes, start, bytes.length);
        } catch (NotUtf8Exception e) {
            int line = 1;
            for (int i = 0; i < start + e.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            throw new IOException("a byte in line " + line + " is not UTF-8: save the file as UTF-8", e);
        }
    }

    /**
     * Index of the first byte of the text, after a UTF-8 byte order mark if present.
     *
     * @param length number of bytes of the array that hold the beginning of the file
     * @throws IOException if the file is UTF-16
     */
    public static int textStart(byte[] beginning, int length) throws IOException {
        if (length >= 2) {
            int first = (beginning[0] & 0xFF) << 8 | beginning[1] & 0xFF;
            if (first == BYTE_ORDER_MARK || first == 0xFFFE) {
                throw new IOException("it is UTF-16 (in some programs 'Unicode'): save the file as UTF-8");
            }
        }
        boolean marked = length >= 3
                && (beginning[0] & 0xFF) == 0xEF
                && (beginning[1] & 0xFF) == 0xBB
                && (beginning[2] & 0xFF) == 0xBF;
        return marked ? 3 : 0;
    }

    /**
     * Decodes the bytes in [from, to).
     *
     * @throws NotUtf8Exception if they are not UTF-8
     */
    public static String decode(byte[] bytes, int from, int to) throws NotUtf8Exception {
        ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
        CharBuffer out = CharBuffer.allocate(to - from);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(in, out, true);
        if (result.isError()) {
            throw new NotUtf8Exception(in.position() - from, bytes[in.position()] & 0xFF);
        }
        return out.flip().toString();
    }
}
