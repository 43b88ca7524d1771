/** How long a start takes, depending on which state is left. */
package org.knockon.benchmarks.restart;
