/** Threads whose end is a fault of the process. */
package org.knockon.server.threads;
