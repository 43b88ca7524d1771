/** Assesses what outages did to one appointment, and in which cells it counts (design section 4). */
package org.knockon.impact.assessment;
