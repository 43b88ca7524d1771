package org.knockon.streams.codec;

import org.knockon.impact.assessment.Replacement;

/**
 * Says to a replaced appointment what became of one that names it in {@code replaces}.
 *
 * @param replacementId the appointment that has {@code replaces}
 * @param replacement as it is now; null when it no longer replaces this one, or is no longer kept
 * @param expired no longer kept: retention has ended for the replacement
 */
public record Link(String replacementId, Replacement replacement, boolean expired) {

    public static Link to(Replacement replacement) {
        return new Link(replacement.appointmentId(), replacement, false);
    }

    public static Link withdrawn(String replacementId) {
        return new Link(replacementId, null, false);
    }

    public static Link expired(String replacementId) {
        return new Link(replacementId, null, true);
    }
}
