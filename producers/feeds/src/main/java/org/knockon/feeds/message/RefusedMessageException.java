package org.knockon.feeds.message;

/** Ends the mapping of a message that is refused. Each map catches it where it began; no caller of a map sees it. */
public final class RefusedMessageException extends RuntimeException {

    private final transient Refusal refusal;

    public RefusedMessageException(RefusalReason reason, String where) {
        // Refusals are ordinary results, so no stack trace is taken.
        super(reason.text() + (where.isEmpty() ? "" : " at " + where), null, false, false);
        this.refusal = new Refusal(reason, where);
    }

    public Refusal refusal() {
        return refusal;
    }
}
