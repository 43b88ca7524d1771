/** How cost grows: with what the app already stores, with threads and instances, and with one kind of input. */
package org.knockon.benchmarks.growth;
