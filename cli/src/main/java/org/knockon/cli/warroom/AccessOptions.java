package org.knockon.cli.warroom;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.knockon.server.tls.PemFiles;
import org.knockon.warroom.access.AccessSettings;
import picocli.CommandLine.Option;

/** Options for the address of a wall display, access to it, and encryption. */
public final class AccessOptions {

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description =
                    "Address that the wall display listens on. An address that other machines can reach requires an"
                            + " access file and TLS. Default: 127.0.0.1.")
    private String bind;

    @Option(
            names = "--access",
            paramLabel = "FILE",
            description =
                    "Access file that lists who may see the wall display; 'knockon access' creates it. Without it the"
                            + " display is open, but only to this machine.")
    private Path access;

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "Certificate chain for TLS, in PEM format.")
    private Path certificate;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "Private key of the certificate, in PEM format: PKCS #8, not encrypted.")
    private Path key;

    @Option(
            names = "--behind-tls-proxy",
            description =
                    "Every request comes from a proxy that terminates TLS, forwards Host and sets X-Forwarded-For."
                            + " Requires an access file.")
    private boolean behindTlsProxy;

    @Option(
            names = "--connections-per-address",
            paramLabel = "N",
            defaultValue = "" + AccessSettings.CONNECTIONS_PER_ADDRESS,
            description = "Maximum connections per client address. Ignored with --behind-tls-proxy. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int connectionsPerAddress;

    /**
     * Valid options.
     *
     * @param bind address to listen on
     */
    public record Endpoint(String bind, AccessSettings access) {}

    /** @throws IllegalArgumentException if other machines could see the display without authentication, or a file cannot be used */
    public Endpoint endpoint() {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("--tls-cert and --tls-key must be given together");
        }
        AccessSettings settings = new AccessSettings(
                Optional.ofNullable(access),
                Optional.ofNullable(certificate).map(chain -> new PemFiles(chain, key)),
                behindTlsProxy,
                connectionsPerAddress);
        List<String> problems = settings.problems(bind);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        settings.check();
        return new Endpoint(bind, settings);
    }
}
