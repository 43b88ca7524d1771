package org.knockon.server.tls;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.ssl.X509;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS 1.2 and 1.3 of a server, from PEM files. It watches the files: new connections get a renewed certificate within
 * five seconds, open connections keep the old one. Files that cannot be used change nothing.
 */
public final class ServerTls {

    private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);
    private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(2);

    private final PemFiles files;
    private final Optional<Path> authorities;
    private final SslContextFactory.Server context = new SslContextFactory.Server();
    private volatile X509 certificate;
    private String inUse;
    private String lastSeen;
    private String refused = "";

    private ServerTls(PemFiles files, Optional<Path> authorities) {
        this.files = files;
        this.authorities = authorities;
        this.inUse = fingerprint();
        this.lastSeen = inUse;
        context.setKeyStorePassword("");
        context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        context.setNeedClientAuth(authorities.isPresent());
        use(PemIdentity.read(files), authorities.map(PemCertificates::of));
    }

    /** @throws IllegalArgumentException if the certificate or the key cannot be used */
    public static ServerTls of(PemFiles files) {
        return new ServerTls(files, Optional.empty());
    }

    /**
     * @param authorities certificates of the authorities whose certificates clients must show; without them the server
     *     asks for none
     * @throws IllegalArgumentException if one of the files cannot be used
     */
    public static ServerTls of(PemFiles files, Optional<Path> authorities) {
        return new ServerTls(files, authorities);
    }

    /** HTTP/1.1 over TLS. */
    public ServerConnector connector(Server server, HttpConfiguration http) {
        // The caller checks the host name of each request, so that probes may connect by address.
        http.addCustomizer(new SecureRequestCustomizer(false));
        ServerConnector connector = new ServerConnector(server, context, new HttpConnectionFactory(http));
        watchWith(connector);
        return connector;
    }

    /** For a connector that speaks something else than HTTP. Call {@link #watchWith} with it. */
    public SslContextFactory.Server context() {
        return context;
    }

    /** Watches the files as long as this connector runs. */
    public void watchWith(AbstractConnector connector) {
        connector.addBean(new Watch(connector.getScheduler()));
    }

    /** Whether the certificate is for this name or address. */
    public boolean names(String host) {
        return certificate.matches(host);
    }

    /**
     * Reads changed files. They count when two checks in a row find the same, because a renewal writes one after the
     * other.
     */
    synchronized void check() {
        String now = fingerprint();
        boolean settled = now.equals(lastSeen);
        lastSeen = now;
        if (settled && !now.equals(inUse) && !now.equals(refused)) {
            reload(now);
        }
    }

    private void reload(String now) {
        try {
            PemIdentity identity = PemIdentity.read(files);
            Optional<PemCertificates> trusted = authorities.map(PemCertificates::of);
            context.reload(started -> use(identity, trusted));
            inUse = now;
            refused = "";
            LOG.info(
                    "{} has changed and serves new connections; it is valid until {}",
                    files.certificate(),
                    identity.certificate().getNotAfter().toInstant());
        } catch (Exception e) { // NOPMD: Jetty declares it; the old certificate must go on whatever the files hold
            refused = now;
            LOG.warn("{} has changed but cannot be used, the old one stays: {}", files.certificate(), e.getMessage());
        }
    }

    private void use(PemIdentity identity, Optional<PemCertificates> trusted) {
        context.setKeyStore(identity.store());
        trusted.ifPresent(authority -> context.setTrustStore(authority.store()));
        certificate = new X509(PemIdentity.ALIAS, identity.certificate());
    }

    private String fingerprint() {
        return Stream.concat(Stream.of(files.certificate(), files.key()), authorities.stream())
                .map(ServerTls::digest)
                .collect(Collectors.joining(" "));
    }

    private static String digest(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            return "unreadable";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM lacks SHA-256", e);
        }
    }

    /** Checks every few seconds, on the scheduler of the connector. */
    private final class Watch extends AbstractLifeCycle {

        private final Scheduler scheduler;

        Watch(Scheduler scheduler) {
            this.scheduler = scheduler;
        }

        @Override
        protected void doStart() {
            next();
        }

        private void next() {
            scheduler.schedule(
                    () -> {
                        if (isRunning()) {
                            check();
                            next();
                        }
                    },
                    BETWEEN_CHECKS.toMillis(),
                    MILLISECONDS);
        }
    }
}
