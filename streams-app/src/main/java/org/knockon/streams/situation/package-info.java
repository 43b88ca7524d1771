/**
 * A partition's copy of what is broadcast: catalogue, outages and clock. {@link
 * org.knockon.streams.situation.SituationStore} owns the keys of the store. The assessor writes it, through {@link
 * org.knockon.streams.situation.SituationTracker}; the detector of the same task reads it at its start.
 */
package org.knockon.streams.situation;
