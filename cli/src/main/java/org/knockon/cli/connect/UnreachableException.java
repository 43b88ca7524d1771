package org.knockon.cli.connect;

import org.knockon.cli.console.CommandFailure;
import org.knockon.cli.console.ExitCodes;

/** The broker or the registry does not respond. It may respond later: no setting is known to be wrong. */
final class UnreachableException extends CommandFailure {
    private static final long serialVersionUID = 1L;

    static final String NO_ANSWER = "no answer";
    static final String NO_SUCH_HOST = "no such host";
    /** The port accepts connections, but there is no response in time. */
    static final String SLOW = "reached, but slow";

    private final String brief;

    /** @param brief the reason in a few words, for the line that reports a wait */
    UnreachableException(String message, String brief, Throwable cause) {
        super(ExitCodes.UNAVAILABLE, message, cause);
        this.brief = brief;
    }

    String brief() {
        return brief;
    }

    /** Whether a longer wait for one response may help. */
    boolean slow() {
        return brief.equals(SLOW);
    }
}
