/** Detects the outages of one system from its observations (design section 3). All times are event time. */
package org.knockon.impact.detection;
