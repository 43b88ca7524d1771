package org.knockon.warroom.feed;

/**
 * How far the pipeline has come in what was sent to it.
 *
 * @param behindSeconds age of the oldest input that it has not taken in, as far as this war room has watched
 */
public record PipelineStatus(State state, long behindSeconds) {

    /** Of the streams app, as its consumer group shows it. */
    public enum State {
        /** Not asked yet, or the broker does not answer. */
        UNKNOWN,
        RUNNING,
        /** Its instances share the work out anew. */
        REBALANCING,
        /** No instance is there. */
        STOPPED
    }
}
