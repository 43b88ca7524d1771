package org.knockon.cli.warroom;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.knockon.warroom.access.AccessSettings;
import picocli.CommandLine.Option;

/** Where a wall display is served, to whom, and how it is protected on its way. */
public final class AccessOptions {

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address that the wall display listens on; one that others can reach needs an access file and"
                    + " TLS. Default: 127.0.0.1.")
    private String bind;

    @Option(
            names = "--access",
            paramLabel = "FILE",
            description = "Who may see the wall display: made by 'knockon access'. Without it nobody is asked, on this"
                    + " machine alone.")
    private Path access;

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "Certificate chain for TLS, as PEM.")
    private Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "Its key, as PEM: PKCS #8, not encrypted.")
    private Path key;

    @Option(
            names = "--behind-tls-proxy",
            description =
                    "Every request comes from a proxy that ends TLS, passes Host on and sets X-Forwarded-For. Needs"
                            + " an access file.")
    private boolean behindTlsProxy;

    @Option(
            names = "--connections-per-address",
            paramLabel = "N",
            defaultValue = "" + AccessSettings.CONNECTIONS_PER_ADDRESS,
            description = "Connections that one client address may have (default: ${DEFAULT-VALUE}). Not asked with"
                    + " --behind-tls-proxy.")
    private int connectionsPerAddress;

    /**
     * Where and how, found to be possible.
     *
     * @param bind address to listen on
     */
    public record Place(String bind, AccessSettings access) {}

    /** @throws IllegalArgumentException when others could see it unasked, or a file cannot be used */
    public Place place() {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("--tls-cert and --tls-key belong together");
        }
        AccessSettings settings = new AccessSettings(
                Optional.ofNullable(access),
                Optional.ofNullable(certificate).map(chain -> new AccessSettings.Tls(chain, key)),
                behindTlsProxy,
                connectionsPerAddress);
        List<String> problems = settings.problems(bind);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        settings.check();
        return new Place(bind, settings);
    }
}
