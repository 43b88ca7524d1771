package org.knockon.cli.rights;

import java.util.Locale;

/** A principal of a deployment. */
public enum Role {
    DEPLOYER,
    PRODUCER,
    INGEST,
    STREAMS,
    WAR_ROOM,
    REPLAY;

    /** As in the table and on the command line: {@code war-room}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
