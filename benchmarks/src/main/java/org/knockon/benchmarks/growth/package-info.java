/** How the cost of an event grows with what is there already, and its speed with what works on it. */
package org.knockon.benchmarks.growth;
