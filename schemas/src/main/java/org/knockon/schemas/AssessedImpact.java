package org.knockon.schemas;

import org.knockon.impact.model.Impact;

/**
 * Value of {@code care-impacts}. The record key is the appointmentId.
 *
 * @param assessedAt event time of the information used for the impact, epoch milliseconds
 */
public record AssessedImpact(Impact impact, long assessedAt) {}
