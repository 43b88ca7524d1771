/** Operations that take nanoseconds, measured by JMH: one assessment, one observation, one read or write. */
package org.knockon.benchmarks.micro;
