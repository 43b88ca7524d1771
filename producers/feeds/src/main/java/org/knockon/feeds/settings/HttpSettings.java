package org.knockon.feeds.settings;

import java.util.Optional;
import org.knockon.server.access.BindAddress;
import org.knockon.server.tls.PemFiles;

/**
 * The one HTTP server of all feeds.
 *
 * @param port 0 for any free port
 * @param behindTlsProxy whether every request comes from a proxy that terminates TLS and sets X-Forwarded-For
 * @param credential what a reader of {@code /feeds} must show; empty if it need show nothing
 */
public record HttpSettings(
        String bind, int port, Optional<PemFiles> tls, boolean behindTlsProxy, Optional<Credential> credential) {

    /** Whether programs of other machines can connect. A proxy connects from this machine on their behalf. */
    public boolean open() {
        return behindTlsProxy || !BindAddress.loopback(bind);
    }
}
