package org.knockon.feeds.settings;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.knockon.feeds.tables.IdTable;

/**
 * Check results of Icinga 2.
 *
 * @param monitor name of the monitor on observations
 * @param connection the event stream to connect to; empty if the lines are posted to the feed
 */
public record IcingaSettings(FeedIdentity identity, IdTable systems, String monitor, Optional<Connection> connection)
        implements FeedSettings {

    /**
     * The API of an Icinga 2.
     *
     * @param caFile authorities that vouch for its certificate; empty for those of the JVM
     */
    public record Connection(URI url, Login login, Optional<Path> caFile) {}

    /** A feed that connects accepts posts only if it has a token for them. */
    @Override
    public boolean receivesPosts() {
        return connection.isEmpty() || identity.credential().isPresent();
    }
}
