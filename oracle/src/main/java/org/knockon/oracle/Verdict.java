package org.knockon.oracle;

import java.util.SortedMap;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.PublishedOutage;

/**
 * The expected results.
 *
 * @param now event time at the end, epoch milliseconds; null if no observation counts
 * @param outages by outageId
 * @param impacts by appointmentId, without those of state NONE
 * @param counts by cell key, without those that are all zero
 */
public record Verdict(
        Long now,
        SortedMap<String, PublishedOutage> outages,
        SortedMap<String, Impact> impacts,
        SortedMap<String, ImpactCounts> counts) {}
