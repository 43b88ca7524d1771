package org.knockon.streams.impact;

import org.apache.kafka.streams.state.KeyValueStore;
import org.knockon.impact.cascade.Situation;

/** The facts about its own work that an assessor must know after a restart. */
final class AssessorProgress {

    private static final String SWEPT = "swept";
    private static final String INDEX_MARK = "index-mark";
    private static final String INDEX_HORIZON = "index-horizon";
    private static final String INDEX_FORMAT = "index-format";

    private final KeyValueStore<String, Long> store;
    private long swept;

    AssessorProgress(KeyValueStore<String, Long> store) {
        this.store = store;
        Long known = store.get(SWEPT);
        swept = known == null ? Situation.NO_CLOCK : known;
    }

    /** Event time up to which the clock's effects have been applied; {@link Situation#NO_CLOCK} for never. */
    long swept() {
        return swept;
    }

    void swept(long until) {
        swept = until;
        store.put(SWEPT, until);
    }

    /**
     * Whether the partition's last owner registered this mark, with the current index format and the same horizon; see
     * {@link IndexOwnership}.
     */
    boolean ownsIndex(long mark, long horizon) {
        return equals(store.get(INDEX_MARK), mark)
                && equals(store.get(INDEX_FORMAT), AppointmentIndex.FORMAT)
                && equals(store.get(INDEX_HORIZON), horizon);
    }

    void ownIndex(long mark, long horizon) {
        store.put(INDEX_MARK, mark);
        store.put(INDEX_FORMAT, AppointmentIndex.FORMAT);
        store.put(INDEX_HORIZON, horizon);
    }

    private static boolean equals(Long known, long value) {
        return known != null && known == value;
    }
}
