package org.knockon.impact.cascade;

/**
 * A change whose effect on services has not been worked out yet. To be kept until it has been, for a restart.
 *
 * @param systemId where the change was made: it reaches what depends on this system
 * @param from start of the outages that came, went or moved (epoch milliseconds)
 * @param to their end; {@link Long#MAX_VALUE} for none
 */
public record Unsettled(String systemId, long from, long to) {

    /** One that stands for both, which are of one system. */
    public Unsettled with(Unsettled other) {
        return new Unsettled(systemId, Math.min(from, other.from), Math.max(to, other.to));
    }
}
