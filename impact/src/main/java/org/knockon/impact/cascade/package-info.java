/** Dependencies of systems and services, cascades of outages and their root causes (rules 9 and 10 of docs/semantics.md). */
package org.knockon.impact.cascade;
