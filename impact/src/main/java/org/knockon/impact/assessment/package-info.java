/** From outages to what they did to one appointment, and the cells it counts in (design section 4). */
package org.knockon.impact.assessment;
