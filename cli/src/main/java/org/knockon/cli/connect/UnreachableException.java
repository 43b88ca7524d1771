package org.knockon.cli.connect;

import org.knockon.cli.console.CommandFailure;
import org.knockon.cli.console.ExitCodes;

/** The broker or the registry does not respond. It may respond later: no setting is known to be wrong. */
final class UnreachableException extends CommandFailure {
    private static final long serialVersionUID = 1L;

    UnreachableException(String message, Throwable cause) {
        super(ExitCodes.UNAVAILABLE, message, cause);
    }
}
