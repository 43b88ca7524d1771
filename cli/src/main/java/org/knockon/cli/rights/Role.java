package org.knockon.cli.rights;

import java.util.Locale;
import java.util.stream.Stream;

/** A principal of a deployment. */
public enum Role {
    DEPLOYER,
    PRODUCER,
    INGEST,
    STREAMS,
    WAR_ROOM,
    REPLAY,
    RECORDER;

    /** @throws IllegalArgumentException if there is no such role */
    static Role named(String name) {
        return Stream.of(values())
                .filter(role -> role.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown role " + name));
    }

    /** As in the table and on the command line: {@code war-room}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
