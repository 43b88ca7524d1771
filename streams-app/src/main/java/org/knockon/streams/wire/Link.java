package org.knockon.streams.wire;

import org.knockon.impact.assessment.Replacement;

/**
 * Tells a replaced appointment what its replacement looks like now.
 *
 * @param replacementId the appointment that has {@code replaces}
 * @param replacement null when it no longer replaces the one told
 */
public record Link(String replacementId, Replacement replacement) {}
