package org.knockon.warroom.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the war room is protected.
 *
 * @param file who may ask; without one nobody is asked, and only loopback is listened on
 * @param tls certificate and key; without them HTTP is spoken
 * @param behindTlsProxy whether all requests come from a proxy that ends TLS and sets X-Forwarded-For
 * @param connectionsPerAddress most of one client address, at least 8; not asked behind a proxy, which brings all of them
 */
public record AccessSettings(
        Optional<Path> file, Optional<Tls> tls, boolean behindTlsProxy, int connectionsPerAddress) {

    /** Some forty browsers behind one address. */
    public static final int CONNECTIONS_PER_ADDRESS = 256;

    /** One browser opens six. */
    private static final int LEAST_PER_ADDRESS = 8;

    /** With the usual number of connections. */
    public AccessSettings(Optional<Path> file, Optional<Tls> tls, boolean behindTlsProxy) {
        this(file, tls, behindTlsProxy, CONNECTIONS_PER_ADDRESS);
    }

    /** As it is on one's own machine. */
    public static final AccessSettings LOCAL = new AccessSettings(Optional.empty(), Optional.empty(), false);

    /**
     * PEM files.
     *
     * @param certificate chain, ours first
     * @param key PKCS #8, not encrypted
     */
    public record Tls(Path certificate, Path key) {}

    /** What keeps these from listening there; nothing where only this machine can reach it, directly or by a proxy. */
    public List<String> problems(String bind) {
        if (bind.isBlank()) {
            return List.of("the address to listen on is blank");
        }
        if (connectionsPerAddress < LEAST_PER_ADDRESS) {
            return List.of("of one address there must be at least " + LEAST_PER_ADDRESS
                    + " connections (--connections-per-address), for a browser opens six");
        }
        if (behindTlsProxy && file.isEmpty()) {
            // It is loopback that such a proxy comes from.
            return List.of("a proxy (--behind-tls-proxy) brings in others wherever this listens:"
                    + " there must be an access file, to know who asks (--access)");
        }
        List<String> missing = new ArrayList<>();
        if (file.isEmpty()) {
            missing.add("an access file, to know who asks (--access)");
        }
        if (tls.isEmpty() && !behindTlsProxy) {
            missing.add("a certificate and its key (--tls-cert, --tls-key), or a proxy that has them"
                    + " (--behind-tls-proxy)");
        }
        return missing.isEmpty() || loopback(bind)
                ? List.of()
                : List.of("to listen on '" + bind + "', which is not loopback, there must be "
                        + String.join(", and ", missing));
    }

    /**
     * Reads the files, as the start of a war room does.
     *
     * @throws IllegalArgumentException when one of them cannot be used
     */
    public void check() {
        file.ifPresent(path -> new AccessFileWatcher(path, () -> 0));
        tls.ifPresent(TlsConnector::of);
    }

    /** Whether browsers come by HTTPS. */
    public boolean secure() {
        return tls.isPresent() || behindTlsProxy;
    }

    private static boolean loopback(String bind) {
        try {
            return InetAddress.getByName(bind).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
