/**
 * Appointments in, impacts and partial counts out. The rules are in the module impact; this package decides when to
 * apply them.
 */
package org.knockon.streams.impact;
