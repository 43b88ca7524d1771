package org.knockon.streams.codec;

import org.knockon.impact.assessment.Replacement;

/**
 * Informs a replaced appointment of the state of an appointment that names it in {@code replaces}.
 *
 * @param replacementId the appointment that has {@code replaces}
 * @param replacement its current state; null if it no longer replaces this one or has expired
 * @param expired whether retention has ended for the replacement
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
