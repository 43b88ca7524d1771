/** What happens to long scans when an outage hits a whole trust. */
package org.knockon.benchmarks.wholetrust;
