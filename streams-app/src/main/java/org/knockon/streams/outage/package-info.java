/** Observations in, outages out to every partition. The rules are in impact's detection; here is when they are asked. */
package org.knockon.streams.outage;
