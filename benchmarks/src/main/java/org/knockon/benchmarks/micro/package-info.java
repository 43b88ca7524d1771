/** What takes nanoseconds, measured by JMH: one appointment, one observation, one value. */
package org.knockon.benchmarks.micro;
