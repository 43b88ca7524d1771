package org.knockon.warroom.feed;

/** What was asked for cannot be read just now; the message says why, and later it may be. */
public final class BusyException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public BusyException(String why) {
        super(why);
    }
}
