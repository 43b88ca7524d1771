/** {@code knockon scenario}: what can be replayed. */
package org.knockon.cli.scenario;
