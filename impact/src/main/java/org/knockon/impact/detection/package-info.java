/** Detects the outages of one system from its observations (rules 1 to 8 of docs/semantics.md). All times are event time. */
package org.knockon.impact.detection;
