/** Checks that the broker, the registry and the topics are available before a command uses them. */
package org.knockon.cli.connect;
