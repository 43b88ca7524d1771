/** The command {@code knockon}: an edge, where wall clock, terminal and environment are read and handed inwards. */
package org.knockon.cli;
