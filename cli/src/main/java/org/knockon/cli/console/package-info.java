/** What all commands share: exit codes, errors, terminal, orderly end. */
package org.knockon.cli.console;
