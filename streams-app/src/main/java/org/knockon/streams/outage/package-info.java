/**
 * Observations in, outages out to every partition. The rules are in the module impact; this package decides when to
 * apply them.
 */
package org.knockon.streams.outage;
