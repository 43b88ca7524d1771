package org.knockon.warroom.feed;

/** The request cannot be served at the moment and may succeed later. The message gives the reason. */
public final class BusyException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public BusyException(String why) {
        super(why);
    }
}
