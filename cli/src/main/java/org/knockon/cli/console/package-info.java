/** Shared by all commands: exit codes, error reports, terminal output, orderly shutdown. */
package org.knockon.cli.console;
