package org.knockon.warroom.feed;

/**
 * Progress of the pipeline on its input.
 *
 * @param behindSeconds age of the oldest input that it has not processed, as observed since this war room started
 */
public record PipelineStatus(State state, long behindSeconds) {

    /** State of the streams app's consumer group. */
    public enum State {
        /** Not known yet, or no response from the broker. */
        UNKNOWN,
        /** The broker accepts connections, but does not respond in time. */
        SLOW,
        RUNNING,
        /** Its instances are redistributing the work. */
        REBALANCING,
        /** No instance is running. */
        STOPPED
    }
}
