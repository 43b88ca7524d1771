package org.knockon.impact.cascade;

/**
 * A change whose effect on services is not computed yet. Store it until it is settled, so that a restart can restore
 * it.
 *
 * @param systemId the changed system; the change affects its dependents too
 * @param from earliest start of the added, removed or moved outages (epoch milliseconds)
 * @param to their latest end; {@link Long#MAX_VALUE} for no end
 */
public record Unsettled(String systemId, long from, long to) {

    /** Combines two changes of the same system. */
    public Unsettled with(Unsettled other) {
        return new Unsettled(systemId, Math.min(from, other.from), Math.max(to, other.to));
    }
}
