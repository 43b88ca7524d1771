package org.knockon.feeds.hl7;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The bytes of one message with carriage returns as segment ends, and its header.
 *
 * @param header the bytes of MSH, one character each; empty if the message does not begin with a usable MSH
 */
record MessageBytes(byte[] bytes, Optional<MessageHeader> header) {

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    /** Names of HL7 table 0211 and names that senders use instead. Others mean the feed's character set. */
    private static final Map<String, Charset> CHARSETS = Map.ofEntries(
            Map.entry("UNICODE UTF-8", StandardCharsets.UTF_8),
            Map.entry("UTF-8", StandardCharsets.UTF_8),
            Map.entry("UTF8", StandardCharsets.UTF_8),
            Map.entry("8859/1", StandardCharsets.ISO_8859_1),
            Map.entry("ISO-8859-1", StandardCharsets.ISO_8859_1),
            Map.entry("8859/15", Charset.forName("ISO-8859-15")),
            Map.entry("ISO-8859-15", Charset.forName("ISO-8859-15")),
            Map.entry("ASCII", StandardCharsets.US_ASCII),
            Map.entry("WINDOWS-1252", WINDOWS_1252));

    /** @param wrongCharset whether the bytes do not fit the character set and were read as Windows-1252 */
    record Text(String text, boolean wrongCharset) {}

    /** Makes segment ends alike: CR LF and LF become CR, those at the end go. */
    static MessageBytes of(byte[] received) {
        byte[] bytes = new byte[received.length];
        int length = 0;
        for (int i = 0; i < received.length; i++) {
            byte b = received[i];
            if (b == '\n') {
                if (i > 0 && received[i - 1] == '\r') {
                    continue;
                }
                b = '\r';
            }
            bytes[length++] = b;
        }
        while (length > 0 && bytes[length - 1] == '\r') {
            length--;
        }
        byte[] message = Arrays.copyOf(bytes, length);
        return new MessageBytes(message, MessageHeader.of(new String(message, StandardCharsets.ISO_8859_1)));
    }

    /** @param feed the character set of the feed, for messages that name none */
    Text text(Charset feed) {
        Charset charset = header.map(msh -> msh.component(18, 1))
                .map(name -> CHARSETS.get(name.strip().toUpperCase(Locale.ROOT)))
                .orElse(feed);
        try {
            String text = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new Text(text, false);
        } catch (CharacterCodingException e) {
            return new Text(new String(bytes, WINDOWS_1252), true);
        }
    }

    /** Without the content, which must not appear in a log or a message. */
    @Override
    public String toString() {
        return "MessageBytes[" + bytes.length + "]";
    }
}
