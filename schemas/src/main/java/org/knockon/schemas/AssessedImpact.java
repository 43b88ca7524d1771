package org.knockon.schemas;

import org.knockon.impact.model.Impact;

/**
 * Value of {@code care-impacts}; the appointmentId is the record's key.
 *
 * @param assessedAt event time of the knowledge the impact rests on, epoch milliseconds
 */
public record AssessedImpact(Impact impact, long assessedAt) {}
