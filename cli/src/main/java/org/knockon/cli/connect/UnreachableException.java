package org.knockon.cli.connect;

import org.knockon.cli.console.CommandFailure;
import org.knockon.cli.console.ExitCodes;

/** Broker or registry has not answered, and may do so later: nothing that was set is known to be wrong. */
final class UnreachableException extends CommandFailure {
    private static final long serialVersionUID = 1L;

    UnreachableException(String message, Throwable cause) {
        super(ExitCodes.AWAY, message, cause);
    }
}
