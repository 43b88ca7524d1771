package org.knockon.impact.detection;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.Consumer;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.Outage;

/**
 * Scans the pieces of a step function in time order. An "on" run of at least {@code confirmAfter} opens an interval at
 * its start; an "off" run of at least {@code recoverAfter} closes it at that run's start. Shorter runs change nothing.
 */
final class RunScan {

    private static final long NONE = Long.MIN_VALUE;

    private final long confirmAfter;
    private final long recoverAfter;

    private boolean runOn;
    private long runStart = NONE;
    private Traits run = Traits.EMPTY;
    private long openStart = NONE;
    private Traits open = Traits.EMPTY;

    RunScan(long confirmAfter, long recoverAfter) {
        this.confirmAfter = confirmAfter;
        this.recoverAfter = recoverAfter;
    }

    RunScan copy() {
        RunScan copy = new RunScan(confirmAfter, recoverAfter);
        copy.runOn = runOn;
        copy.runStart = runStart;
        copy.run = run;
        copy.openStart = openStart;
        copy.open = open;
        return copy;
    }

    /** Adds the next piece, which starts at {@code from} and lasts until the next call. */
    void piece(long from, boolean on, Piece what, Consumer<Opened> closed) {
        if (on != runOn || runStart == NONE) {
            completeRun(from, closed);
            runOn = on;
            runStart = from;
            run = Traits.EMPTY;
        }
        if (on) {
            run = run.with(what);
            if (openStart != NONE) {
                open = open.with(what);
            }
        }
    }

    /** Evaluates the current run as if it ended at {@code end}. */
    void completeRun(long end, Consumer<Opened> closed) {
        if (runStart == NONE) {
            return;
        }
        long length = end - runStart;
        if (runOn && openStart == NONE && length >= confirmAfter) {
            openStart = runStart;
            open = run;
        } else if (!runOn && openStart != NONE && length >= recoverAfter) {
            closed.accept(new Opened(openStart, runStart, open));
            openStart = NONE;
        }
    }

    /** The open interval; null if none is open. */
    Opened opened() {
        return openStart == NONE ? null : new Opened(openStart, Outage.OPEN, open);
    }

    /**
     * Earliest possible start of an interval that is not closed yet. Pieces from {@code unscanned} on are not scanned
     * yet.
     */
    long earliestStart(long unscanned) {
        if (openStart != NONE) {
            return openStart;
        }
        return runOn ? runStart : unscanned;
    }

    /**
     * First instant after {@code now} at which the current run becomes long enough to count; MAX_VALUE if it never
     * does.
     */
    long nextJudgement(long now) {
        if (runStart == NONE) {
            return Long.MAX_VALUE;
        }
        if (runOn) {
            return openStart == NONE && runStart + confirmAfter > now ? runStart + confirmAfter : Long.MAX_VALUE;
        }
        return openStart != NONE && runStart + recoverAfter > now ? runStart + recoverAfter : Long.MAX_VALUE;
    }

    void write(DataOutput out) throws IOException {
        out.writeBoolean(runOn);
        out.writeLong(runStart);
        run.write(out);
        out.writeLong(openStart);
        open.write(out);
    }

    void read(DataInput in) throws IOException {
        runOn = in.readBoolean();
        runStart = in.readLong();
        run = Traits.read(in);
        openStart = in.readLong();
        open = Traits.read(in);
    }

    /** Kinds of "on" pieces. */
    enum Piece {
        OBSERVED,
        MAINTENANCE,
        SILENCE
    }

    /** The kinds of pieces in a run or an interval, and how it began. */
    record Traits(boolean onlyMaintenance, boolean anyObserved, boolean beganInSilence, boolean empty) {

        static final Traits EMPTY = new Traits(true, false, false, true);

        Traits with(Piece what) {
            return new Traits(
                    onlyMaintenance && what == Piece.MAINTENANCE,
                    anyObserved || what != Piece.SILENCE,
                    empty ? what == Piece.SILENCE : beganInSilence,
                    false);
        }

        Evidence evidence() {
            return anyObserved ? Evidence.OBSERVED : Evidence.SILENCE;
        }

        void write(DataOutput out) throws IOException {
            out.writeByte(
                    (onlyMaintenance ? 1 : 0) | (anyObserved ? 2 : 0) | (beganInSilence ? 4 : 0) | (empty ? 8 : 0));
        }

        static Traits read(DataInput in) throws IOException {
            int bits = in.readByte();
            return new Traits((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0);
        }
    }

    /** An interval; {@code end} is {@link Outage#OPEN} while it is open. */
    record Opened(long start, long end, Traits traits) {}
}
