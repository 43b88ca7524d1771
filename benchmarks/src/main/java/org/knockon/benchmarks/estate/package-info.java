/** A synthetic estate with outages of known size, the broker it lives on, and the app as a process of its own. */
package org.knockon.benchmarks.estate;
