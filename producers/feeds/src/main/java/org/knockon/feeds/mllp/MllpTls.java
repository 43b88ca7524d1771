package org.knockon.feeds.mllp;

import javax.net.ssl.SSLContext;

/**
 * TLS of a listener.
 *
 * @param clientCertificates whether a sender must show a certificate that the context trusts
 */
public record MllpTls(SSLContext context, boolean clientCertificates) {}
