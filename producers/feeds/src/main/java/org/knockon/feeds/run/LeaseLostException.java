package org.knockon.feeds.run;

/** Another instance has taken over, or may have, before the feeds were open. */
final class LeaseLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LeaseLostException() {
        super("the lease was lost");
    }
}
