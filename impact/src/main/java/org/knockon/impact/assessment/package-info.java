/** Assesses what outages did to one appointment, and in which cells it counts (rules 11 to 21 of docs/semantics.md). */
package org.knockon.impact.assessment;
