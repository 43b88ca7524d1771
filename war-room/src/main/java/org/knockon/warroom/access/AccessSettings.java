package org.knockon.warroom.access;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knockon.server.access.BindAddress;
import org.knockon.server.tls.PemFiles;
import org.knockon.server.tls.ServerTls;

/**
 * How the war room is protected.
 *
 * @param file users and tokens; without it there is no authentication, and the war room listens on loopback only
 * @param tls certificate and key; without them the war room uses plain HTTP
 * @param behindTlsProxy whether all requests come from a proxy that terminates TLS and sets X-Forwarded-For
 * @param connectionsPerAddress maximum per client address, at least 8; not applied behind a proxy, where all share one
 *     address
 */
public record AccessSettings(
        Optional<Path> file, Optional<PemFiles> tls, boolean behindTlsProxy, int connectionsPerAddress) {

    /** About forty browsers behind one address. */
    public static final int CONNECTIONS_PER_ADDRESS = 256;

    /** One browser opens six connections. */
    private static final int MIN_PER_ADDRESS = 8;

    /** With the default number of connections. */
    public AccessSettings(Optional<Path> file, Optional<PemFiles> tls, boolean behindTlsProxy) {
        this(file, tls, behindTlsProxy, CONNECTIONS_PER_ADDRESS);
    }

    /** No protection, for use on one machine. */
    public static final AccessSettings LOCAL = new AccessSettings(Optional.empty(), Optional.empty(), false);

    /** Why the war room must not listen on this address with these settings; empty if it may. */
    public List<String> problems(String bind) {
        if (bind.isBlank()) {
            return List.of("the address to listen on is blank");
        }
        if (connectionsPerAddress < MIN_PER_ADDRESS) {
            return List.of("--connections-per-address must be at least " + MIN_PER_ADDRESS
                    + ", because a browser opens six connections");
        }
        if (behindTlsProxy && file.isEmpty()) {
            // Even on loopback, which is where such a proxy connects from.
            return List.of("a proxy (--behind-tls-proxy) gives others access whatever the address:"
                    + " an access file is required (--access)");
        }
        List<String> missing = new ArrayList<>();
        if (file.isEmpty()) {
            missing.add("an access file (--access)");
        }
        if (tls.isEmpty() && !behindTlsProxy) {
            missing.add("a certificate with its key (--tls-cert, --tls-key) or a TLS proxy" + " (--behind-tls-proxy)");
        }
        return missing.isEmpty() || BindAddress.loopback(bind)
                ? List.of()
                : List.of("listening on '" + bind + "', which is not loopback, requires "
                        + String.join(", and ", missing));
    }

    /**
     * Reads the files as the start of a war room does.
     *
     * @throws IllegalArgumentException if one of them cannot be used
     */
    public void check() {
        file.ifPresent(path -> new AccessFileWatcher(path, () -> 0));
        tls.ifPresent(ServerTls::of);
    }

    /** Whether browsers connect by HTTPS. */
    public boolean secure() {
        return tls.isPresent() || behindTlsProxy;
    }
}
