/** From the observations of one system to its outages (design section 3). Time is event time throughout. */
package org.knockon.impact.detection;
