/** Certificates and keys from PEM files, and TLS with them. */
package org.knockon.server.tls;
