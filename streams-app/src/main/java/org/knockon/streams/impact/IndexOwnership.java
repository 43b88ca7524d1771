package org.knockon.streams.impact;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Decides at the start of a task whether its index is valid, and rebuilds it if not. The index has no changelog. It is
 * valid if it carries the mark of the partition's last owner, which each owner writes at a clean end and removes at
 * its start; see {@link AppointmentIndex}.
 */
final class IndexOwnership {

    private final AppointmentIndex index;
    private final AssessorProgress progress;
    private final long horizon;
    private final long mark = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    private final boolean rebuilt;
    private boolean claimed;

    /** @param rebuild fills the index again */
    IndexOwnership(AppointmentIndex index, AssessorProgress progress, long horizon, Runnable rebuild) {
        this.index = index;
        this.progress = progress;
        this.horizon = horizon;
        long found = index.unmark();
        rebuilt = found == AppointmentIndex.NO_MARK || !progress.ownsIndex(found, horizon);
        if (rebuilt) {
            rebuild.run();
        }
    }

    /**
     * Registers this owner's mark, once. Call it with the first change and not at the start of the task: nothing is
     * committed there, and the mark has to be in the same transaction as that change. Otherwise the former owner would
     * take its outdated index for a valid one.
     *
     * @return whether this call has registered the mark of a rebuilt index
     */
    boolean claim() {
        if (claimed) {
            return false;
        }
        claimed = true;
        progress.ownIndex(mark, horizon);
        return rebuilt;
    }

    /** Marks the index as valid. Call it last, when the task closes. */
    void release() {
        index.mark(mark);
    }
}
