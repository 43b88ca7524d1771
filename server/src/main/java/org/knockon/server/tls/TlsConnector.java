package org.knockon.server.tls;

import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.ssl.X509;

/** A connector for TLS 1.2 and 1.3. */
public final class TlsConnector {

    private final SslContextFactory.Server context;
    private final X509 certificate;

    private TlsConnector(SslContextFactory.Server context, X509 certificate) {
        this.context = context;
        this.certificate = certificate;
    }

    /** @throws IllegalArgumentException if the certificate or the key cannot be used */
    public static TlsConnector of(PemFiles files) {
        PemIdentity identity = PemIdentity.read(files);
        SslContextFactory.Server context = new SslContextFactory.Server();
        context.setKeyStore(identity.store());
        context.setKeyStorePassword("");
        context.setIncludeProtocols(PemIdentity.PROTOCOLS);
        return new TlsConnector(context, new X509(PemIdentity.ALIAS, identity.certificate()));
    }

    /** HTTP/1.1 over TLS. */
    public ServerConnector connector(Server server, HttpConfiguration http) {
        // The caller checks the host name of each request, so that probes may connect by address.
        http.addCustomizer(new SecureRequestCustomizer(false));
        return new ServerConnector(server, context, new HttpConnectionFactory(http));
    }

    /** Whether the certificate is for this name or address. */
    public boolean names(String host) {
        return certificate.matches(host);
    }
}
