package org.knockon.streams.failure;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.knockon.schemas.limits.EventTimes;

/**
 * A record for the dead-letter queue, with the headers of Kafka Streams' own queue (KIP-1034). Unlike those of Kafka
 * Streams it can always be sent: a compressed input record may be many times larger than a producer can send, and its
 * timestamp may be negative.
 */
final class DeadLetter {

    /**
     * Largest number of bytes kept of an original key, a value and all headers: the most that an uncompressed record
     * can hold with Kafka's defaults.
     */
    static final int LARGEST_PART = 1024 * 1024;

    /** No program writes more headers. Each takes a few bytes on the wire even if its name is empty. */
    private static final int MOST_HEADERS = 1_000;

    /** Header that is added if the value was truncated: its original size in bytes. */
    static final String ORIGINAL_SIZE = "knockon.original.value.size";

    private static final String HEADER = "__streams.errors.";

    private DeadLetter() {}

    /** @param queue full name of the dead-letter topic */
    static ProducerRecord<byte[], byte[]> of(String queue, ErrorHandlerContext context, Exception failure) {
        byte[] value = context.sourceRawValue();
        Headers headers = canBeSent(context.headers()) ? new RecordHeaders(context.headers()) : new RecordHeaders();
        add(headers, "exception", failure.getClass().getName());
        add(headers, "message", failure.getMessage());
        add(headers, "stacktrace", stackTrace(failure));
        add(headers, "topic", context.topic());
        add(headers, "partition", Integer.toString(context.partition()));
        add(headers, "offset", Long.toString(context.offset()));
        if (value != null && value.length > LARGEST_PART) {
            headers.add(ORIGINAL_SIZE, Integer.toString(value.length).getBytes(StandardCharsets.UTF_8));
        }
        // Without a timestamp the producer sets its own. The broker would delete a record of the year 1970 within
        // minutes.
        Long timestamp = EventTimes.accepts(context.timestamp(), EventTimes.LATEST) ? context.timestamp() : null;
        return new ProducerRecord<>(queue, null, timestamp, cut(context.sourceRawKey()), cut(value), headers);
    }

    static void add(Headers headers, String name, String text) {
        headers.add(HEADER + name, text == null ? null : text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] cut(byte[] bytes) {
        return bytes == null || bytes.length <= LARGEST_PART ? bytes : Arrays.copyOf(bytes, LARGEST_PART);
    }

    private static boolean canBeSent(Headers headers) {
        long size = 0;
        int number = 0;
        for (Header header : headers) {
            size += header.key().length() * 3L + (header.value() == null ? 0 : header.value().length);
            if (++number > MOST_HEADERS || size > LARGEST_PART) {
                return false;
            }
        }
        return true;
    }

    private static String stackTrace(Exception failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
