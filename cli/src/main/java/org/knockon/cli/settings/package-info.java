/** Settings from a file, the environment and flags, in order of increasing priority, and where each was set. */
package org.knockon.cli.settings;
