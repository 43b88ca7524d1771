/** Settings from a file, the environment and flags, the later winning; where each came from. */
package org.knockon.cli.settings;
