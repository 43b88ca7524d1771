package org.knockon.oracle;

import java.util.SortedMap;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.PublishedOutage;

/**
 * What must come out.
 *
 * @param now event time at the end, epoch milliseconds; null when no observation counts
 * @param outages by outageId
 * @param impacts by appointmentId; those that are NONE are left out
 * @param counts by cell key; those that are all zero are left out
 */
public record Verdict(
        Long now,
        SortedMap<String, PublishedOutage> outages,
        SortedMap<String, Impact> impacts,
        SortedMap<String, ImpactCounts> counts) {}
