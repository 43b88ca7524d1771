package org.knockon.feeds.http;

import java.util.Optional;
import java.util.function.LongSupplier;
import org.knockon.feeds.settings.Credential;
import org.knockon.server.access.RateLimit;

/**
 * Checks tokens and passwords. An address that shows too many wrong ones is refused for the rest of the minute, without a
 * check.
 */
final class Logins {

    /** Refused logins by address and feed in a minute. */
    static final int MOST_REFUSED = 50;

    private final RateLimit refused;

    /** @param clock milliseconds */
    Logins(LongSupplier clock) {
        this.refused = new RateLimit(clock);
    }

    /** What a request with this header may do. */
    enum Login {
        ACCEPTED,
        REFUSED,
        /** Too many were refused: not even checked. */
        BLOCKED
    }

    /**
     * Checks the header {@code Authorization}.
     *
     * @param wanted empty if no login is needed
     * @param header null if the request has none
     */
    Login check(Optional<Credential> wanted, String header, String address, String feed) {
        if (wanted.isEmpty()) {
            return Login.ACCEPTED;
        }
        String key = feed + " " + address;
        if (refused.counted(key) >= MOST_REFUSED) {
            return Login.BLOCKED;
        }
        if (wanted.get().accepts(header)) {
            return Login.ACCEPTED;
        }
        refused.count(key);
        return Login.REFUSED;
    }
}
