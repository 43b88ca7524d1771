/** The command {@code knockon}. Only this module reads the wall clock, the terminal and the environment; it passes their values on. */
package org.knockon.cli;
