package org.knockon.feeds.icinga;

import java.io.IOException;

/** Icinga does not answer with 200. */
final class IcingaStatusException extends IOException {

    private static final long serialVersionUID = 1L;
    private static final int UNAUTHORISED = 401;
    private static final int FORBIDDEN = 403;

    IcingaStatusException(int status) {
        super(
                switch (status) {
                    case UNAUTHORISED -> "it does not accept the login in userFile";
                    case FORBIDDEN ->
                        "the login lacks a permission; it needs events/CheckResult, objects/query/Host"
                                + " and objects/query/Service";
                    default -> "status " + status;
                });
    }
}
