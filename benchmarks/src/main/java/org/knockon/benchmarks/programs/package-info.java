/** Programs that read the same topics as Knock-on, each in its own JVM: limits to compare with, and competitors. */
package org.knockon.benchmarks.programs;
