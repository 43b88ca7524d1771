package org.knockon.warroom.feed;

/**
 * Progress of the pipeline on its input.
 *
 * @param behindSeconds age of the oldest input that it has not processed, as observed since this war room started; while
 *     no report arrives, the age of the last
 */
public record PipelineStatus(State state, long behindSeconds) {

    /** State of the streams app, from the progress that its instances report. */
    public enum State {
        /** No report yet, or the broker does not respond. */
        UNKNOWN,
        RUNNING,
        /** Some partitions of the input are not being read: another instance takes them over, or restores their state. */
        REBALANCING,
        /** No partition of the input is being read. */
        STOPPED
    }
}
