package org.knockon.feeds.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knockon.feeds.pseudonym.KeyedHash;
import org.knockon.schemas.FeedState.SeenMessage;
import org.knockon.schemas.FeedState.SeenMessages;

/**
 * The newest messages about each appointment of one feed, by which a repeat is recognised: the last 16, and all of the
 * last hour. Thread-safe.
 */
public final class MessageLog {

    private static final int LEAST = 16;
    private static final long HOUR = 60 * 60 * 1000L;
    /** Even of the last hour; a sender that repeats an appointment more often costs only itself. */
    private static final int MOST = 1_000;

    private static final int HEX_DIGITS = 16;
    private static final int HEX = 16;

    private final String feed;
    private final CompactMap entries = new CompactMap();

    public MessageLog(String feed) {
        this.feed = feed;
    }

    /**
     * What identifies a message: its control id and its content.
     *
     * @param content bytes with line ends normalised
     */
    public static long hash(KeyedHash key, String controlId, byte[] content) {
        byte[] id = controlId.getBytes(StandardCharsets.UTF_8);
        byte[] both = ByteBuffer.allocate(Integer.BYTES + id.length + content.length)
                .putInt(id.length)
                .put(id)
                .put(content)
                .array();
        return Long.parseUnsignedLong(key.hex(both).substring(0, HEX_DIGITS), HEX);
    }

    /** Whether a message about this appointment was published before. */
    public synchronized boolean seen(String appointmentId, long hash) {
        return messages(appointmentId).stream().anyMatch(message -> message.hash() == hash);
    }

    /** The log of an appointment after one more message, for publishing together with it. Changes nothing yet. */
    public synchronized SeenMessages with(String appointmentId, long hash, long receivedAt) {
        List<SeenMessage> all = new ArrayList<>(messages(appointmentId));
        all.add(new SeenMessage(hash, receivedAt));
        long newest = all.stream().mapToLong(SeenMessage::receivedAt).max().orElseThrow();
        int surplus = all.size() - LEAST;
        int drop = Math.max(0, all.size() - MOST);
        while (drop < surplus && all.get(drop).receivedAt() < newest - HOUR) {
            drop++;
        }
        return new SeenMessages(feed, appointmentId, all.subList(drop, all.size()));
    }

    /** Keeps what was published. */
    public synchronized void remember(SeenMessages seen) {
        ByteBuffer value = ByteBuffer.allocate(seen.messages().size() * 2 * Long.BYTES);
        seen.messages().forEach(message -> value.putLong(message.hash()).putLong(message.receivedAt()));
        entries.put(seen.appointmentId(), value.array());
    }

    /**
     * Forgets appointments whose newest message arrived before a time, epoch milliseconds.
     *
     * @return the keys of their states, which should end on the topic too
     */
    public synchronized List<String> forgetBefore(long time) {
        return entries
                .removeIf(value -> value.remaining() == 0 || value.getLong(value.limit() - Long.BYTES) < time)
                .stream()
                .map(id -> new SeenMessages(feed, id, List.of()).key())
                .toList();
    }

    private List<SeenMessage> messages(String appointmentId) {
        Optional<ByteBuffer> value = entries.get(appointmentId);
        List<SeenMessage> messages = new ArrayList<>();
        value.ifPresent(bytes -> {
            while (bytes.hasRemaining()) {
                messages.add(new SeenMessage(bytes.getLong(), bytes.getLong()));
            }
        });
        return messages;
    }
}
