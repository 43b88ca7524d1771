/** What becomes of long scans when a whole trust is hit. */
package org.knockon.benchmarks.scale;
