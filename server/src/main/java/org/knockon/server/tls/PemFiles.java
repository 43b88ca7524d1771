package org.knockon.server.tls;

import java.nio.file.Path;

/**
 * The certificate of a server and its key, as PEM files.
 *
 * @param certificate chain, the server's own certificate first
 * @param key PKCS #8, not encrypted
 */
public record PemFiles(Path certificate, Path key) {}
