/** {@code knockon replay}: a scenario from its first event to the verified summary, in one command. */
package org.knockon.cli.replay;
