package org.knockon.streams.impact;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.knockon.impact.assessment.Replacement;
import org.knockon.streams.task.TimeBudget;

/**
 * The replacements of each replaced appointment. Each replacement has two entries: one by its id, to find its former
 * state, and one by its rank, so that the current replacement is the last one. So a change costs the same however many
 * replacements an appointment has.
 *
 * <p>Keys: the length of replacedId (4 bytes), replacedId, family, then replacementId; or updatedAt (8 bytes) and
 * replacementId. Only those that {@linkplain Replacement#counts count} are stored.
 */
final class ReplacementLinks {

    private static final byte BY_ID = 'I';
    private static final byte BY_RANK = 'R';

    private final KeyValueStore<Bytes, Replacement> store;

    ReplacementLinks(KeyValueStore<Bytes, Replacement> store) {
        this.store = store;
    }

    /**
     * Stores the new state of one replacement.
     *
     * @param current null if it no longer replaces this appointment
     * @param best the current replacement so far; null for none
     * @return the current replacement now; null for none
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

    /**
     * The current replacement after the former one has been demoted or removed: all others rank below its former rank.
     */
    private Replacement bestBelow(String replacedId, Replacement former) {
        try (KeyValueIterator<Bytes, Replacement> fromTheLast =
                store.reverseRange(start(replacedId, BY_RANK), rankKey(replacedId, former))) {
            return fromTheLast.hasNext() ? fromTheLast.next().value : null;
        }
    }

    /** Deletes the replacements of one appointment until the budget is spent; returns whether none is left. */
    boolean drop(String replacedId, TimeBudget budget) {
        try (KeyValueIterator<Bytes, Replacement> links =
                store.range(start(replacedId, BY_ID), start(replacedId, (byte) (BY_ID + 1)))) {
            while (links.hasNext()) {
                KeyValue<Bytes, Replacement> link = links.next();
                store.delete(link.key);
                store.delete(rankKey(replacedId, link.value));
                if (budget.isSpent()) {
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

    /**
     * Keys sort as {@link Replacement#outranks} ranks: instants with their sign bit flipped, ids in UTF-16 as Java
     * compares them.
     */
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
