package org.knockon.streams.impact;

import org.knockon.impact.assessment.Replacement;
import org.knockon.streams.task.TimeBudget;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which appointments name another in {@code replaces}, by the one that they replace. Each has two entries: one by its id, which finds
 * what it said before, and one by its rank, so that the one that counts is the last of all. So a change costs the same however
 * many name one appointment.
 *
 * <p>Keys: the length of replacedId (4 bytes), replacedId, family, then replacementId; or updatedAt (8 bytes) and replacementId. Only those
 * that {@linkplain Replacement#counts count} are kept.
 */
final class ReplacementLinks {

    private static final byte BY_ID = 'I';
    private static final byte BY_RANK = 'R';

    private final KeyValueStore<Bytes, Replacement> store;

    ReplacementLinks(KeyValueStore<Bytes, Replacement> store) {
        this.store = store;
    }

    /**
     * Takes over what one replacement is now.
     *
     * @param current null when it does not replace this appointment any longer
     * @param best the one that counted until now; null when there was none
     * @return the one that counts now; null when there is none
     */
    Replacement change(String replacedId, String replacementId, Replacement current, Replacement best) {
        Replacement candidate = current != null && current.counts() ? current : null;
        Bytes idKey = idKey(replacedId, replacementId);
        Replacement before = store.get(idKey);
        if (before != null && (candidate == null || candidate.updatedAt() != before.updatedAt())) {
            store.delete(rankKey(replacedId, before));
        }
        if (candidate != null) {
            store.put(idKey, candidate);
            store.put(rankKey(replacedId, candidate), candidate);
        } else if (before != null) {
            store.delete(idKey);
        }
        boolean wasBest = best != null && best.appointmentId().equals(replacementId);
        if (best == null || (candidate != null && (wasBest ? !best.outranks(candidate) : candidate.outranks(best)))) {
            return candidate;
        }
        return wasBest ? bestBelow(replacedId, best) : best;
    }

    /** The one that counts once the best one has fallen back or is gone: all others rank below what it was. */
    private Replacement bestBelow(String replacedId, Replacement former) {
        try (KeyValueIterator<Bytes, Replacement> fromTheLast =
                store.reverseRange(start(replacedId, BY_RANK), rankKey(replacedId, former))) {
            return fromTheLast.hasNext() ? fromTheLast.next().value : null;
        }
    }

    /** Deletes what is known of one replaced appointment until the slice is over; returns whether nothing is left. */
    boolean drop(String replacedId, TimeBudget slice) {
        try (KeyValueIterator<Bytes, Replacement> links =
                store.range(start(replacedId, BY_ID), start(replacedId, (byte) (BY_ID + 1)))) {
            while (links.hasNext()) {
                KeyValue<Bytes, Replacement> link = links.next();
                store.delete(link.key);
                store.delete(rankKey(replacedId, link.value));
                if (slice.over()) {
                    return !links.hasNext();
                }
            }
        }
        return true;
    }

    private static Bytes idKey(String replacedId, String replacementId) {
        byte[] id = replacementId.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(begin(replacedId, BY_ID, id.length).put(id).array());
    }

    /** The order of keys is that of {@link Replacement#outranks}: instants with their sign bit flipped, ids in UTF-16 as Java compares them. */
    private static Bytes rankKey(String replacedId, Replacement replacement) {
        byte[] id = replacement.appointmentId().getBytes(StandardCharsets.UTF_16BE);
        return Bytes.wrap(begin(replacedId, BY_RANK, Long.BYTES + id.length)
                .putLong(replacement.updatedAt() ^ Long.MIN_VALUE)
                .put(id)
                .array());
    }

    private static Bytes start(String replacedId, byte family) {
        return Bytes.wrap(begin(replacedId, family, 0).array());
    }

    private static ByteBuffer begin(String replacedId, byte family, int more) {
        byte[] replaced = replacedId.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + replaced.length + 1 + more)
                .putInt(replaced.length)
                .put(replaced)
                .put(family);
    }
}
