/** Secrets, the files that hold them, and limits by the address of the client. */
package org.knockon.server.access;
