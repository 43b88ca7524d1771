/** Disk space per appointment. */
package org.knockon.benchmarks.footprint;
