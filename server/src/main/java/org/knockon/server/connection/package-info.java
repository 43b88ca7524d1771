/** Limits on connections, and the headers and errors of the HTTP server itself. */
package org.knockon.server.connection;
