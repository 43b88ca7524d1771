/** How long a start takes, by what is left of the state. */
package org.knockon.benchmarks.restart;
