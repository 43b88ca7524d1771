/** Dependencies of systems and services, cascades of outages and their root causes (design sections 1 and 3.6). */
package org.knockon.impact.cascade;
